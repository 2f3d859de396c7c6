/** A fault of a whole request, with a stable code. */
export class WireError extends Error {
  override readonly name = "WireError";
  readonly code: "malformed_json" | "too_large";

  /** @param message what the sender should do */
  constructor(code: WireError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
