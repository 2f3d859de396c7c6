/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object; keys from outside are data, so read them with `Object.hasOwn`. */
export interface JsonObject {
  [key: string]: Json | undefined;
}
