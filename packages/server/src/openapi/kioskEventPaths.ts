import { badRequest, ofKiosk } from "./kioskPaths.ts";
import { answer, body, count, list, object, problem, ref, text, word, type Node } from "./parts.ts";

const EXAMPLE = {
  sentAt: "2026-11-22T12:00:00.000Z",
  clock: { writer: "mPq2wK7r9cVbX4tN1sLz0A", at: 81_200 },
  events: [
    {
      messageId: "019a2b4c-0d1e-7f20-8a3b-4c5d6e7f8091",
      writer: { id: "mPq2wK7r9cVbX4tN1sLz0A", seq: 1 },
      kid: "Zk3v9QpA",
      sealed: "B".repeat(108),
    },
  ],
  finished: [],
  dropped: [],
  queued: 0,
};

const sealedBatch = object(
  {
    sentAt: text,
    clock: object({ writer: text, at: { type: "number", minimum: 0 } }, ["writer"]),
    events: { ...list(ref("SealedEvent")), maxItems: 200 },
    finished: list(object({ id: text, last: { type: "integer", minimum: 1 } })),
    dropped: {
      ...list(
        object({
          writer: text,
          seqs: {
            ...list({ type: "integer", minimum: 1 }),
            description: "Ranges, flat: first, last, first, last …",
          },
          reason: word("no_space", "damaged", "other"),
        }),
      ),
      description: "Events that this kiosk lost, and knows of.",
    },
    queued: { ...count, description: "Events that are still stored on it." },
  },
  ["sentAt", "clock", "finished", "dropped", "queued"],
);

/** What a kiosk kept until it reached the server. */
export const KIOSK_EVENT_PATHS: Record<string, Node> = {
  "/v1/kiosk/events": {
    post: ofKiosk({
      id: "sendKioskEvents",
      summary: "Try-on events, sealed when they happened.",
      description:
        "Opened here, and taken like any other event: once by writer and number, with received ranges and gaps. Each is answered by name; one that is altered, or sealed to another key, is refused alone. An event with the attribution of a lease is the profile's that was lent, any other is its session's.",
      requestBody: body(sealedBatch, EXAMPLE),
      responses: {
        "200": answer(
          "What became of each; the kiosk forgets those.",
          object({ results: list(ref("EventResult")) }),
        ),
        "400": badRequest,
        "413": problem("More than 200 events.", "too_large"),
      },
    }),
  },
};
