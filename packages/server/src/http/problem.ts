import type { Answer } from "./route.ts";

/** An error that is told to the client as RFC 9457 `application/problem+json`. */
export class HttpProblem extends Error {
  readonly status: number;
  /** Stable, for programs: `unknown_key`, `too_large` … */
  readonly code: string;
  readonly headers: Record<string, string>;

  /** @param detail what to do about it, in a sentence; never anything the client sent. */
  constructor(status: number, code: string, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.name = "HttpProblem";
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** A problem that passes: tells when to come back. */
export function tryLater(status: 429 | 503, code: string, detail: string, seconds: number): HttpProblem {
  return new HttpProblem(status, code, detail, { "Retry-After": String(Math.max(1, Math.ceil(seconds))) });
}

/** The answer that tells a problem. */
export function problemAnswer(problem: HttpProblem): Answer {
  const { status, code, message, headers } = problem;
  const body = {
    type: `urn:vitrine:problem:${code}`,
    title: code.replaceAll("_", " "),
    status,
    detail: message,
    code,
  };
  return { status, headers: { ...headers, "Content-Type": "application/problem+json" }, body };
}
