import type { Kiosk } from "../kiosk/kiosks.ts";
import type { Services } from "../services.ts";

/** What the staff said. */
export type RequestState = "open" | "coming" | "unavailable";

/** A shopper at a kiosk asked for a size. */
export interface StaffRequest {
  id: string;
  /** The kiosk's name, and its store. */
  kiosk: string;
  store: string;
  sku: string;
  name: string;
  image_url: string | null;
  size: string;
  state: RequestState;
  /** ms since 1970. */
  at: number;
}

/** Nobody waits longer in front of a mirror. */
export const REQUEST_LIFE_MS: number = 3_600_000;

/** Requests of one kiosk that may be open at once. */
const MAX_OPEN = 20;

/** Rows told to the console at most. */
const MAX_LISTED = 200;

/** What a kiosk asks for. */
export type Wish = Pick<StaffRequest, "sku" | "name" | "image_url" | "size">;

/** Requests to the staff, told live to open consoles. */
export interface Requests {
  /** Asks; while the same is open, that one is given. @returns undefined when the kiosk has too many open. */
  ask(kiosk: Kiosk, wish: Wish): { request: StaffRequest; isNew: boolean } | undefined;
  read(kiosk: Kiosk, id: string): StaffRequest | undefined;
  /** Open ones first, then the newest first. */
  list(siteId: string): StaffRequest[];
  /** @returns undefined for one that is not there, or no longer. */
  answer(siteId: string, id: string, state: RequestState): StaffRequest | undefined;
  countOpen(siteId: string): number;
}

/** Opens the requests. */
export function createRequests({ database, clock, random, hub }: Services): Requests {
  const { sql, transaction } = database;
  const columns = "request_id AS id, kiosk, store, sku, name, image_url, size, state, at";
  const youngest = () => clock() - REQUEST_LIFE_MS;
  const select = (siteId: string, where: string, ...values: (string | number)[]) =>
    sql(`SELECT ${columns} FROM staff_requests WHERE site_id = ? AND at > ? ${where}`).all(
      siteId,
      youngest(),
      ...values,
    ) as unknown as StaffRequest[];
  const tell = (siteId: string) => hub.publish({ kind: "requests", siteId });

  const insert = ({ siteId, id: kioskId, name: kiosk, store }: Kiosk, wish: Wish): StaffRequest => {
    const id = `r_${random(12).toString("base64url")}`;
    const request: StaffRequest = { id, kiosk, store, ...wish, state: "open", at: clock() };
    sql(
      "INSERT INTO staff_requests (site_id, request_id, kiosk_id, kiosk, store, sku, name, image_url, size, state, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ).run(
      siteId,
      id,
      kioskId,
      kiosk,
      store,
      wish.sku,
      wish.name,
      wish.image_url,
      wish.size,
      "open",
      request.at,
    );
    return request;
  };

  return {
    ask(kiosk, wish) {
      const { siteId, id } = kiosk;
      const asked = transaction(() => {
        sql("DELETE FROM staff_requests WHERE site_id = ? AND at <= ?").run(siteId, youngest());
        const open = select(siteId, "AND kiosk_id = ? AND state = 'open'", id);
        const same = open.find(({ sku, size }) => sku === wish.sku && size === wish.size);
        if (same) return { request: same, isNew: false };
        return open.length >= MAX_OPEN ? undefined : { request: insert(kiosk, wish), isNew: true };
      });
      if (asked?.isNew) tell(siteId);
      return asked;
    },
    read: (kiosk, id) => select(kiosk.siteId, "AND request_id = ? AND kiosk_id = ?", id, kiosk.id)[0],
    list: (siteId) => select(siteId, `ORDER BY state <> 'open', at DESC, request_id LIMIT ${MAX_LISTED}`),
    answer(siteId, id, state) {
      const update = `UPDATE staff_requests SET state = ? WHERE site_id = ? AND request_id = ? AND at > ? RETURNING ${columns}`;
      const request = transaction(() => sql(update).get(state, siteId, id, youngest())) as
        | StaffRequest
        | undefined;
      if (request) tell(siteId);
      return request;
    },
    countOpen: (siteId) => select(siteId, "AND state = 'open'").length,
  };
}
