import { badRequest, operation } from "./adminPaths.ts";
import {
  answer,
  body,
  inPath,
  list,
  nullable,
  object,
  problem,
  query,
  ref,
  text,
  time,
  word,
  type Node,
} from "./parts.ts";

const EXAMPLE_ARTICLE = {
  sku: "B4",
  name: "Pleated midi skirt",
  brand: "Norrby",
  category: "skirts",
  price: 52,
  currency: "USD",
  sizes: [
    { size: "36", sku: "B4-36", gtin: "2000000000060" },
    { size: "38", sku: "B4-38", gtin: "2000000000077" },
  ],
};

const EXAMPLE_REQUEST = { sku: "B4", size: "38" };

const unknownRequest = problem("No such request, or older than an hour.", "unknown_request");
const state = word("open", "coming", "unavailable");

/** Articles and stock, in from the shop and out to kiosks; and what kiosks ask the staff for. */
export const CATALOGUE_PATHS: Record<string, Node> = {
  "/v1/catalogue": {
    put: operation({
      id: "putCatalogue",
      tag: "catalogue",
      summary: "Adds or replaces up to 500 articles; what is wrong is named, the rest is kept.",
      scope: "catalogue",
      requestBody: body(object({ articles: { ...list(ref("Article")), maxItems: 500 } }), {
        articles: [EXAMPLE_ARTICLE],
      }),
      responses: {
        "200": answer("What was kept, and what was not.", ref("FeedAnswer"), { stored: 1, refused: [] }),
        "400": badRequest,
        "413": problem("More than 500 kB, or more than 500 articles.", "too_large"),
      },
    }),
  },
  "/v1/stock": {
    get: {
      tags: ["devices"],
      operationId: "readStock",
      summary:
        "What one store has of one article, and when it counted; for pages, and for caches on their way.",
      parameters: [
        query("site", text, "The site key.", true),
        query("sku", text, "A SKU or GTIN of the article.", true),
        query("store", text, "The store's id, as its stock was sent.", true),
      ],
      responses: {
        "200": answer(
          "Its sizes, those that the store ever counted; `at` is null where it counted none.",
          object({
            sku: text,
            store: text,
            at: nullable({ ...time, description: "The oldest of its sizes." }),
            sizes: list(object({ size: text, quantity: { type: "integer", minimum: 0 } })),
          }),
          { sku: "B4", store: "berlin", at: 1795342500000, sizes: [{ size: "38", quantity: 3 }] },
        ),
        "400": problem("It does not say which article or which store.", "bad_request"),
        "401": problem("No such key.", "unknown_key"),
        "403": problem("A page of another origin.", "origin_not_allowed"),
        "404": problem("Not in the catalogue.", "unknown_article"),
        "429": problem("Too fast; see `Retry-After`.", "rate"),
      },
    },
    put: operation({
      id: "putStock",
      tag: "catalogue",
      summary: "Says what a store has, as of a time; never overwrites a newer word.",
      scope: "stock",
      requestBody: body(
        object({
          store: text,
          at: { oneOf: [time, { ...text, description: "ISO 8601 with a time zone." }] },
          levels: {
            ...list(object({ sku: text, quantity: { type: "integer", minimum: 0 } })),
            maxItems: 5_000,
          },
        }),
        { store: "berlin", at: "2026-11-22T10:15:00Z", levels: [{ sku: "B4-38", quantity: 3 }] },
      ),
      responses: {
        "200": answer("What was kept, and what was not.", ref("FeedAnswer"), {
          stored: 1,
          older: 0,
          refused: [],
        }),
        "400": problem(
          "The body does not say what is needed.",
          "bad_request",
          "malformed_json",
          "in_the_future",
        ),
        "413": problem("More than 500 kB, or more than 5,000 levels.", "too_large"),
      },
    }),
  },
  "/v1/kiosk/articles": {
    get: operation({
      id: "findArticle",
      tag: "kiosks",
      summary: "An article by GTIN or SKU, with what the kiosk's store has of each size.",
      scope: "kiosk",
      parameters: [query("code", text, "A GTIN of any length, or a SKU.", true)],
      responses: {
        "200": answer("The article.", ref("ArticleInStore")),
        "400": problem("No code was given.", "bad_request"),
        "404": problem("Not in the catalogue.", "unknown_article"),
      },
    }),
  },
  "/v1/kiosk/catalogue": {
    get: operation({
      id: "listArticles",
      tag: "kiosks",
      summary:
        "Articles with what the kiosk's store has of them, 200 at a time: what a kiosk shows without a network.",
      scope: "kiosk",
      parameters: [query("after", text, "`next` of the page before.")],
      responses: {
        "200": answer(
          "Articles in the order of their SKUs.",
          object({ items: list(ref("ListedArticle")), next: nullable(text) }),
        ),
      },
    }),
  },
  "/v1/kiosk/requests": {
    post: operation({
      id: "askStaff",
      tag: "kiosks",
      summary: "Asks the staff to bring a size; while the same request is open, that one is answered.",
      scope: "kiosk",
      requestBody: body(object({ sku: text, size: text }), EXAMPLE_REQUEST),
      responses: {
        "200": answer("It was asked for already.", object({ id: text, state })),
        "201": answer("The staff is told.", object({ id: text, state })),
        "400": badRequest,
        "404": problem("Not in the catalogue.", "unknown_article"),
        "422": problem("The article is not made in it.", "unknown_size"),
        "429": problem("20 requests of this kiosk are open.", "too_many"),
      },
    }),
  },
  "/v1/kiosk/requests/{id}": {
    get: operation({
      id: "readRequest",
      tag: "kiosks",
      summary: "What the staff said.",
      scope: "kiosk",
      parameters: [inPath("id", "From the answer to the request.")],
      responses: { "200": answer("How it stands.", object({ state })), "404": unknownRequest },
    }),
  },
  "/v1/admin/requests": {
    get: operation({
      id: "listRequests",
      summary: "What kiosks asked for within the last hour, open ones first.",
      scope: "console",
      responses: { "200": answer("The requests.", object({ items: list(ref("StaffRequest")) })) },
    }),
  },
  "/v1/admin/requests/{id}/answer": {
    post: operation({
      id: "answerRequest",
      summary: "Tells the shopper at the kiosk whether somebody is coming.",
      scope: "console",
      parameters: [inPath("id", "Of the request.")],
      requestBody: body(object({ state: word("coming", "unavailable") }), { state: "coming" }),
      responses: {
        "200": answer("The request as it stands now.", ref("StaffRequest")),
        "400": badRequest,
        "404": unknownRequest,
      },
    }),
  },
};
