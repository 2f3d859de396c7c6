import type { RuleProblem } from "./types.ts";

/** The server's refusal, from its `application/problem+json`. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** Places in a ruleset, where that is what was refused. */
  readonly problems: RuleProblem[];

  constructor(status: number, code: string, detail: string, problems: RuleProblem[] = []) {
    super(detail);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.problems = problems;
  }
}

/** Where the server keeps the console's endpoints; its prefix is the merchant's choice. */
export function apiBase(): string {
  return document.getElementById("console")?.dataset["api"] ?? "/v1/admin";
}

/**
 * Asks the server.
 * @param path below {@link apiBase}, with a leading slash
 * @throws ApiError for every refusal, and with status 0 when the server cannot be reached
 */
export async function ask<T>(
  method: "GET" | "PUT" | "POST" | "DELETE",
  path: string,
  body?: unknown,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`${apiBase()}${path}`, method === "GET" ? {} : writeOptions(method, body));
  } catch (cause) {
    throw Object.assign(new ApiError(0, "unreachable", "The server does not answer."), { cause });
  }
  const text = await response.text();
  const answer = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  if (response.ok) return answer as T;
  const { code = "unknown", detail = response.statusText, problems } = answer;
  throw new ApiError(
    response.status,
    String(code),
    String(detail),
    (problems as RuleProblem[] | undefined) ?? [],
  );
}

/** A foreign page can make a browser post with our cookie, but not with a header of its own choice. */
function writeOptions(method: string, body: unknown): RequestInit {
  const headers = { "X-Vitrine-Console": "1", "Content-Type": "application/json" };
  return { method, headers, body: body === undefined ? null : JSON.stringify(body) };
}
