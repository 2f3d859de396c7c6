import { isObject, type NextClicks } from "@vitrine/core";
import type { ActionsHost } from "./actions.ts";
import { readShop } from "./readShop.ts";

/** The server builds a new table once a day; an open page asks no more often than this. */
const FRESH_MS = 3_600_000;

/** Longest wait for what the server answers to a visit under way: then the table is shown, which is here. */
const WAIT_MS = 400;

/** Clicks that the server looks at, and how long before the last one they still are of the same visit. */
const CLICKS = 4;
const VISIT_MS = 1_800_000;

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

/** Reads what the server built and signed, and hands it on once it was verified: its table, or what it answers to this visit. */
export function createNextClicks(
  { _engine, _input, _verify, _changed }: ActionsHost,
  onTable: (table: NextClicks) => void,
): NextClicksReader {
  let askedAt = -Infinity;
  let table: NextClicks | undefined;
  /** The clicks asked about last; null before anything was. */
  let asked: string | undefined | null;

  const read = async (path: string, question: Record<string, string>): Promise<NextClicks | undefined> => {
    const one = (await _verify(await readShop(_engine, path, question))) as SignedTable | undefined;
    const isOurs =
      isObject(one) && one.kind === "next" && one.site === _engine._ruleset?.site && isTable(one);
    return isOurs && one.notAfter > _engine._now() ? one : undefined;
  };

  /** The clicks of this visit, the newest last, where the server is to be asked about them and she agreed to content of her own. */
  const clicks = (): string | undefined => {
    if (table!.by !== "visits" || _engine._consent.personalization !== "granted") return undefined;
    const { profile, fold } = _input();
    if (!profile.recent[0]) return undefined;
    const timeOf = ({ id }: { id: string }) => fold.recent![id]!.t;
    const newest = timeOf(profile.recent[0]);
    const ids = profile.recent.slice(0, CLICKS).filter((one) => newest - timeOf(one) < VISIT_MS);
    return JSON.stringify(ids.map(({ id }) => id).reverse());
  };

  const follow = () => {
    if (!table) return;
    const items = clicks();
    if (items === asked) return;
    asked = items;
    let timer: number | undefined;
    const show = (answer?: NextClicks) => {
      _engine._cancel(timer);
      if (asked !== items) return; // she clicked on
      onTable(answer ?? table!);
      _changed();
    };
    if (items) {
      timer = _engine._later(show, WAIT_MS);
      read("next/after", { items }).then(show, () => {}); // offline: the table, in a moment
    } else show();
  };

  const readTable = async () => {
    const one = await read("next", {});
    if (!one) return;
    table = one;
    asked = null;
    follow();
  };

  return {
    update() {
      const isWanted = _engine._ruleset?.rules.some((rule) => rule?.action?.type === "recommend");
      if (!isWanted) return;
      follow();
      if (_engine._now() - askedAt < FRESH_MS) return;
      askedAt = _engine._now();
      readTable().catch(() => {}); // offline without a copy: nothing is recommended
    },
  };
}

const isTable = ({ items, next, products }: SignedTable): boolean =>
  Array.isArray(items) && Array.isArray(next) && isObject(products);
