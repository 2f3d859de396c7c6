import type { JsonObject } from "@vitrine/core";

/** A page as events name it. */
export const pageOf = ({
  location: { href: url, pathname: path, search },
  document: { title, referrer },
}: Pick<Window, "location" | "document">): JsonObject => ({ url, path, search, title, referrer });
