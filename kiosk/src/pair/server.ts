/** A lease as the phone sees it. */
export interface PhoneLease {
  lease: string;
  state: "open" | "locked" | "ended";
  scope: string[];
}

/** Which mirror a code belongs to. */
export interface Place {
  name: string;
  store: string;
}

/** What the server said: `gone` for a code or lease it does not know (any more). */
export type Told<T> = { kind: "told"; body: T } | { kind: "gone" } | { kind: "unreachable" };

/** The server, as a phone asks it. Posts of plain text need no preflight, and keep codes and secrets out of addresses. */
export interface Server {
  read(code: string): Promise<Told<{ kiosk: Place }>>;
  confirm(ask: { code: string; device: string; scope: string[] }): Promise<Told<PhoneLease>>;
  lease(what: "read" | "reopen" | "end", ask: { lease: string; device: string }): Promise<Told<PhoneLease>>;
}

/** @param endpoint with its path prefix, such as `https://vitrine.shop.example/v1` */
export function createServer(endpoint: string, fetch: typeof window.fetch): Server {
  const post = async <T>(path: string, body: object): Promise<Told<T>> => {
    try {
      const answer = await fetch(`${endpoint}/${path}`, { method: "POST", body: JSON.stringify(body) });
      if (answer.status === 404) return { kind: "gone" };
      if (answer.ok) return { kind: "told", body: (await answer.json()) as T };
    } catch {
      // told below
    }
    return { kind: "unreachable" };
  };
  return {
    read: (code) => post("pairings/read", { code }),
    confirm: (ask) => post("pairings/confirm", ask),
    lease: (what, ask) => post(`leases/${what}`, ask),
  };
}
