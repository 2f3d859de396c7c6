import { isObject, type NextClicks } from "@vitrine/core";
import type { ActionsHost } from "./actions.ts";
import { readShop } from "./readShop.ts";

/** The server builds a new table once a day; an open page asks no more often than this. */
const FRESH_MS = 3_600_000;

/** A table as it was signed; `kind` tells it from a ruleset. */
interface SignedTable extends NextClicks {
  kind: "next";
  site: string;
  notAfter: number;
}

/** What is clicked next in this shop. */
export interface NextClicksReader {
  /** Asks for it, where a rule recommends. */
  update(): void;
}

/** Reads the table that the server built and signed, and hands it on once it was verified. */
export function createNextClicks(
  { _engine, _verify, _changed }: ActionsHost,
  onTable: (table: NextClicks) => void,
): NextClicksReader {
  let askedAt = -Infinity;

  const read = async (): Promise<void> => {
    const table = (await _verify(await readShop(_engine, "next", {}))) as SignedTable | undefined;
    const isOurs =
      isObject(table) && table.kind === "next" && table.site === _engine._ruleset?.site && isTable(table);
    if (!isOurs || table.notAfter <= _engine._now()) return;
    onTable(table);
    _changed();
  };

  return {
    update() {
      const isWanted = _engine._ruleset?.rules.some((rule) => rule?.action?.type === "recommend");
      if (!isWanted || _engine._now() - askedAt < FRESH_MS) return;
      askedAt = _engine._now();
      read().catch(() => {}); // offline without a copy: nothing is recommended
    },
  };
}

const isTable = ({ items, next, products }: SignedTable): boolean =>
  Array.isArray(items) && Array.isArray(next) && isObject(products);
