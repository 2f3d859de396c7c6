import type { Module } from "../module.ts";
import { openApiDocument } from "./openApiDocument.ts";

/** `GET /v1/openapi.json`: the document that describes all other endpoints. */
export const openApiModule: Module = {
  name: "openapi",
  routes({ settings }) {
    const document = openApiDocument(settings);
    return [
      {
        method: "GET",
        path: "/v1/openapi.json",
        auth: "none",
        cors: "open",
        handler: () => ({ status: 200, body: document }),
      },
    ];
  },
};
