import { operation } from "./adminPaths.ts";
import {
  answer,
  inPath,
  list,
  nullable,
  object,
  problem,
  ref,
  text,
  time,
  word,
  type Node,
} from "./parts.ts";

const keys = ref("RulesKeys");
const kid = inPath("kid", "From the list.");
const unknown = problem("No such key.", "unknown_kid");

/** How the key of a site's rules is changed while pages go on. */
export const RULES_KEY_PATHS: Record<string, Node> = {
  "/v1/admin/rules/keys": {
    get: operation({
      id: "listRulesKeys",
      summary: "The keys that sign rules; never a private one.",
      scope: "admin",
      responses: { "200": answer("The current one, the next, those that retired.", keys) },
    }),
    post: operation({
      id: "announceRulesKey",
      summary:
        "Makes the next key. It signs nothing yet: put the new tag into your pages, so that they trust it before it does.",
      scope: "admin",
      responses: {
        "201": answer("It is announced.", keys),
        "409": problem("One is announced already.", "next_exists"),
      },
    }),
  },
  "/v1/admin/rules/keys/{kid}/promote": {
    post: operation({
      id: "promoteRulesKey",
      summary:
        "Lets the next key sign. What is published is signed anew at once; the key before it retires, and its private half is deleted.",
      scope: "admin",
      parameters: [kid],
      responses: {
        "200": answer("It signs.", keys),
        "404": unknown,
        "409": problem("It is not the next one.", "not_next"),
      },
    }),
  },
  "/v1/admin/rules/keys/{kid}": {
    delete: operation({
      id: "dropRulesKey",
      summary: "Takes a retired or announced key out of the tag; pages with that tag trust it no longer.",
      scope: "admin",
      parameters: [kid],
      responses: {
        "200": answer("It is dropped.", keys),
        "404": unknown,
        "409": problem("It signs; promote the next one first.", "is_current"),
      },
    }),
  },
};

/** What they answer. */
export const RULES_KEY_SCHEMAS: Record<string, Node> = {
  RulesKeys: object({
    items: list(
      object({
        kid: {
          ...text,
          description: "Names the key: the first 8 characters of base64url(SHA-256(raw point)).",
        },
        state: word("current", "next", "retired"),
        publicPoint: { ...text, description: "Uncompressed P-256 point, 65 bytes, base64url." },
        since: { ...nullable(time), description: "When it came into this state; null for the first key." },
      }),
    ),
    rulesKey: { ...text, description: "All of them, separated by spaces: the tag's `data-rules-key`." },
  }),
};
