import { isTimeZone } from "@vitrine/core";
import { HttpProblem } from "../http/problem.ts";

/**
 * Reads whose clock stands for a visitor's own, where the server decides and knows nobody's; UTC where nothing was said.
 * @throws HttpProblem 400 for what is no time zone
 */
export function readZone(value: unknown): string {
  const timeZone = value ?? "UTC";
  if (isTimeZone(timeZone)) return timeZone;
  throw new HttpProblem(400, "bad_request", '"timeZone" must be an IANA name such as "Europe/Warsaw".');
}
