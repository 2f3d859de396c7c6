import type { Scope } from "../../../packages/server/src/keys.ts";
import type { Running } from "./runVitrine.ts";

/** An answer with its body read. */
export interface Told<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** Calls the server with a key, or without one. */
export type Call = <T>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Told<T>>;

/** Calls with this key; bytes go as they are, anything else as JSON. */
export function asKey({ url }: Running, key?: string): Call {
  return async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const isBytes = body instanceof Uint8Array;
    const answer = await fetch(url + path, {
      method,
      headers: {
        ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
        ...(isBytes ? { "Content-Type": "application/octet-stream" } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isBytes ? (body as never) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.includes("json") ?? false;
    return { status: answer.status, headers: answer.headers, body: (isJson ? JSON.parse(text) : text) as T };
  };
}

/** The text of a new secret key. */
export const newKey = ({ vitrine }: Running, ...scopes: Scope[]): string =>
  vitrine.services.keys.create({ siteId: "default", kind: "secret", name: scopes.join(), scopes }).text;
