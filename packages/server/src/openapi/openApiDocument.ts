import type { Settings } from "../options.ts";
import { ADMIN_PATHS } from "./adminPaths.ts";
import { CATALOGUE_PATHS } from "./cataloguePaths.ts";
import { CATALOGUE_SCHEMAS } from "./catalogueSchemas.ts";
import { CONSOLE_SCHEMAS } from "./consoleSchemas.ts";
import { EVENT_SCHEMAS } from "./eventSchemas.ts";
import { KIOSK_EVENT_PATHS } from "./kioskEventPaths.ts";
import { KIOSK_PATHS } from "./kioskPaths.ts";
import { KIOSK_SCHEMAS } from "./kioskSchemas.ts";
import { HANDOFF_PATHS } from "./handoffPaths.ts";
import type { Node } from "./parts.ts";
import { PUBLIC_PATHS } from "./publicPaths.ts";
import { RULES_KEY_PATHS, RULES_KEY_SCHEMAS } from "./rulesKeyPaths.ts";

/** The OpenAPI 3.1 document of a server with these settings. */
export function openApiDocument({ publicUrl, prefix }: Pick<Settings, "publicUrl" | "prefix">): Node {
  const all = {
    ...PUBLIC_PATHS,
    ...KIOSK_PATHS,
    ...KIOSK_EVENT_PATHS,
    ...CATALOGUE_PATHS,
    ...HANDOFF_PATHS,
    ...ADMIN_PATHS,
    ...RULES_KEY_PATHS,
  };
  const paths = Object.entries(all).map(([path, item]) => [path.replace(/^\/v1(?=\/)/, () => prefix), item]);
  return {
    openapi: "3.1.0",
    info: {
      title: "Vitrine",
      version: "1",
      summary: "Events in, profiles and rules out.",
      description: "Errors are `application/problem+json` (RFC 9457) with a stable `code`.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: publicUrl }],
    tags: [
      { name: "events", description: "Events in: our own clients and unmodified Segment clients." },
      { name: "devices", description: "What a shopper's device reads back." },
      { name: "catalogue", description: "The shop's articles and stock, in." },
      { name: "kiosks", description: "Mirrors on a shop's floor, and the phones that pair with them." },
      { name: "phone", description: "What a shopper's phone takes home from a mirror." },
      { name: "console", description: "What the merchant's console uses." },
      { name: "operation", description: "Running the server." },
    ],
    security: [],
    paths: Object.fromEntries(paths) as Node,
    components: {
      schemas: {
        ...EVENT_SCHEMAS,
        ...CATALOGUE_SCHEMAS,
        ...CONSOLE_SCHEMAS,
        ...KIOSK_SCHEMAS,
        ...RULES_KEY_SCHEMAS,
      },
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "A site key (vs_…) or a secret key (vk_…)." },
        basicKey: {
          type: "http",
          scheme: "basic",
          description: "The key as user name, as Segment clients send it.",
        },
        device: {
          type: "http",
          scheme: "bearer",
          description: "The device's secret: 43 characters base64url.",
        },
        capability: {
          type: "http",
          scheme: "bearer",
          description: "What the phone was given that opened a hand-off.",
        },
        session: { type: "apiKey", in: "cookie", name: "vitrine_console" },
      },
    },
  };
}
