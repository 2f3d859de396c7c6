/**
 * What the page needs to go on after a reload: the lease, and the random secret of one without a profile. The SDK's own
 * secret is never copied.
 */
export interface Remote {
  lease?: string;
  secret: string | undefined;
}

const NAME = "vitrine.pair";

/** Reads what this tab kept. */
export function readRemote(storage: () => Storage): Remote | undefined {
  try {
    return JSON.parse(storage().getItem(NAME) ?? "null") ?? undefined;
  } catch {
    return undefined; // storage is forbidden
  }
}

/** Keeps it for as long as the tab lives; undefined forgets it. */
export function keepRemote(storage: () => Storage, remote: Remote | undefined): void {
  try {
    if (remote) storage().setItem(NAME, JSON.stringify(remote));
    else storage().removeItem(NAME);
  } catch {
    // the page works until it is closed
  }
}

/** A secret that certifies nobody: for a lease without a profile. */
export function randomSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace("=", "");
}
