import type { CallAnswer, CallMethod, Shell } from "../shell.ts";

/** The shop's server, as this kiosk may speak to it. Answers are data from outside: each reader checks what it needs. */
export interface Server {
  /** @returns undefined when it could not be reached; never rejects. */
  ask: (method: CallMethod, path: string, body?: unknown) => Promise<CallAnswer | undefined>;
}

/** Speaks through the shell, which has the key. */
export function createServer(shell: Shell): Server {
  return {
    ask: async (method, path, body) => {
      try {
        const answer = await shell.call(method, `/v1/kiosk/${path}`, body);
        return answer.status === 0 ? undefined : answer;
      } catch {
        return undefined; // not enrolled, or the shell is being replaced: as good as no network
      }
    },
  };
}

/** The body of an answer that went well, as an object. */
export function bodyOf(answer: CallAnswer | undefined): Record<string, unknown> | undefined {
  const isWell = answer && answer.status >= 200 && answer.status < 300;
  return isWell && typeof answer.body === "object" && answer.body !== null
    ? (answer.body as Record<string, unknown>)
    : undefined;
}
