/**
 * Why a scanned code names no product:
 * - `not_a_code`: neither a number nor a web link; `wrong_length`: a number, of no length that products have
 * - `check_digit`: misread or misprinted; `bad_link`: a web link that is broken
 * - `no_product`: a web link without a product; `other_thing`: the number of a shipment, a place, a person …
 * - `bad_value`, `bad_order`: a Digital Link against its standard
 */
export type RefusalReason =
  | "not_a_code"
  | "wrong_length"
  | "check_digit"
  | "bad_link"
  | "no_product"
  | "other_thing"
  | "bad_value"
  | "bad_order";

/** A scanned code that names no product. `message` tells staff what to do, in English; `reason` is for the screens. */
export interface RefusedCode {
  kind: "refused";
  reason: RefusalReason;
  message: string;
}

/** Makes one. */
export function refuse(reason: RefusalReason, message: string): RefusedCode {
  return { kind: "refused", reason, message };
}
