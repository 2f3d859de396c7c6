import { badRequest, operation } from "./adminPaths.ts";
import {
  answer,
  body,
  count,
  inPath,
  list,
  nothing,
  object,
  other,
  problem,
  text,
  time,
  word,
  type Node,
} from "./parts.ts";

const parts = list(object({ bytes: count }));
const id = inPath("id", "Of the hand-off.");
const part = inPath("n", "From 0.", { type: "integer" });
const sealed = { "application/octet-stream": { schema: { type: "string", format: "binary" } } };
const ended = problem("No such hand-off of this kiosk, or it has ended.", "unknown_handoff");
const gone = problem("It was used, deleted, never was, or its time is over: nobody learns which.", "gone");

/** Sealed looks on their way from a kiosk to a phone. */
export const HANDOFF_PATHS: Record<string, Node> = {
  "/v1/kiosk/handoffs": {
    post: operation({
      id: "createHandoff",
      tag: "kiosks",
      summary: "Announces sealed parts for a phone; the kiosk adds their key to the link as its fragment.",
      scope: "kiosk",
      requestBody: body(object({ parts, until: time }, ["until"]), {
        parts: [{ bytes: 900 }, { bytes: 2_400_000 }],
      }),
      responses: {
        "201": answer(
          "Where the phone takes them; for ten minutes at most.",
          object({ id: text, url: text, until: time }),
        ),
        "400": badRequest,
        "413": problem("More than 120 MB.", "too_large"),
        "429": problem("Eight hand-offs of this kiosk wait.", "too_many"),
        "507": problem("No room now; see `Retry-After`.", "no_room"),
      },
    }),
  },
  "/v1/kiosk/handoffs/{id}": {
    get: operation({
      id: "readHandoff",
      tag: "kiosks",
      summary: "Whether a phone has it.",
      scope: "kiosk",
      parameters: [id],
      responses: {
        "200": answer("How it stands.", object({ state: word("waiting", "taken") })),
        "404": ended,
      },
    }),
    delete: operation({
      id: "withdrawHandoff",
      tag: "kiosks",
      summary: "Ends it and shreds its parts.",
      scope: "kiosk",
      parameters: [id],
      responses: { "204": nothing("It has ended."), "404": ended },
    }),
  },
  "/v1/kiosk/handoffs/{id}/parts/{n}": {
    put: operation({
      id: "putHandoffPart",
      tag: "kiosks",
      summary: "Sends a sealed part; may be repeated until a phone has the hand-off.",
      scope: "kiosk",
      parameters: [id, part],
      requestBody: { required: true, content: sealed },
      responses: {
        "204": nothing("It is here, durably."),
        "400": problem("It ended early.", "incomplete"),
        "404": ended,
        "409": problem("A phone has the hand-off.", "taken"),
        "413": problem("It has more bytes than it was said to have.", "too_large"),
        "415": problem("Another content type or encoding.", "unknown_type", "unknown_encoding"),
        "422": problem("It is a picture or film that anybody could read.", "not_sealed"),
        "507": problem("The disk is full.", "no_room"),
      },
    }),
  },
  "/take/{token}": {
    get: {
      tags: ["phone"],
      operationId: "readTakePage",
      summary: "The page that takes looks home; the same for every token, and spends none.",
      parameters: [inPath("token", "From the link.")],
      responses: { "200": other("The page.", "text/html") },
    },
  },
  "/v1/handoffs/{token}/open": {
    post: {
      tags: ["phone"],
      operationId: "openHandoff",
      summary: "Hands it to the first phone that asks, and to none after.",
      parameters: [inPath("token", "From the link.")],
      requestBody: {
        required: false,
        content: {
          "application/json": {
            schema: object(
              {
                attempt: {
                  ...text,
                  description: "A secret of this phone; with the same one it is answered again.",
                },
              },
              ["attempt"],
            ),
            example: { attempt: "q3vT0rJmXyZ1aB4cD5eF6g" },
          },
        },
      },
      responses: {
        "200": answer("What there is to take.", object({ id: text, capability: text, parts, until: time })),
        "400": badRequest,
        "409": problem("The kiosk is still sending; nothing is spent.", "not_ready"),
        "410": gone,
      },
    },
  },
  "/v1/handoffs/{id}/parts/{n}": {
    get: {
      tags: ["phone"],
      operationId: "readHandoffPart",
      summary: "A sealed part, or one range of it.",
      security: [{ capability: [] }],
      parameters: [id, part],
      responses: {
        "200": { description: "The part.", content: sealed },
        "206": { description: "The range that was asked for.", content: sealed },
        "410": gone,
        "416": problem("The part is shorter.", "range"),
      },
    },
  },
  "/v1/handoffs/{id}/done": {
    post: {
      tags: ["phone"],
      operationId: "finishHandoff",
      summary: "Ends it and shreds its parts.",
      security: [{ capability: [] }],
      parameters: [id],
      responses: { "204": nothing("Nothing of it is left here."), "410": gone },
    },
  },
};
