/** The server's word on a link: what may be read, with what, until when. */
export interface Opened {
  id: string;
  capability: string;
  parts: { bytes: number }[];
  /** ms since 1970. */
  until: number;
}

/** Why the server gives nothing: `gone`: used, deleted or too old; `not_ready`: the mirror still sends; `offline`. */
export class TakeError extends Error {
  override name = "TakeError";
  readonly code: "gone" | "not_ready" | "offline";

  constructor(code: TakeError["code"], options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/** What the page needs of the outside. */
export interface Network {
  fetch: (url: string, options: RequestInit) => Promise<Response>;
  wait: (ms: number) => Promise<void>;
}

/** Tries without a single new byte before it is given up. */
const MAX_TRIES = 6;
const FIRST_WAIT_MS = 500;

/** A network that went away says nothing: so long without a byte, and it is asked anew. */
const STALL_MS = 15_000;

/**
 * Opens a link. The same `attempt` opens it again, so an answer that was lost on its way loses nothing.
 * @throws TakeError
 */
export async function openHandoff(network: Network, url: string, attempt: string): Promise<Opened> {
  return retry(network, async () => {
    const answer = await ask(network, url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ attempt }),
    });
    return (await answer.json()) as Opened;
  });
}

/**
 * Reads a part, and goes on where the network broke.
 * @param onBytes hears how many more bytes are here
 * @throws TakeError
 */
export async function readPart(
  network: Network,
  part: { url: string; capability: string; bytes: number },
  onBytes: (count: number) => void,
): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let have = 0;
  const readOn = async (): Promise<void> => {
    const headers = { Authorization: `Bearer ${part.capability}`, Range: `bytes=${have}-` };
    const answer = await ask(network, part.url, { headers });
    const reader = answer.body!.getReader();
    try {
      for (;;) {
        const { done, value } = await unlessStalled(network, reader.read());
        if (done) break;
        chunks.push(value);
        have += value.length;
        onBytes(value.length);
      }
    } finally {
      // Also of a stalled answer, which would go on to hold its connection.
      void reader.cancel().catch(() => {});
    }
    if (have < part.bytes) throw new TakeError("offline");
  };
  await retry(network, readOn, () => have);
  return new Blob(chunks);
}

/** Asks the server to shred it. Says nothing where it is gone already. */
export async function finishHandoff(network: Network, url: string, capability: string): Promise<void> {
  const finish = () =>
    ask(network, url, { method: "POST", headers: { Authorization: `Bearer ${capability}` } });
  await retry(network, finish).catch((error: unknown) => {
    if (!(error instanceof TakeError) || error.code !== "gone") throw error;
  });
}

function unlessStalled<T>({ wait }: Network, work: Promise<T>): Promise<T> {
  const stalled = wait(STALL_MS).then(() => Promise.reject(new TakeError("offline")));
  return Promise.race([work, stalled]);
}

async function ask(network: Network, url: string, options: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    const asked = network.fetch(url, { ...options, cache: "no-store", credentials: "omit" });
    answer = await unlessStalled(network, asked);
  } catch (cause) {
    throw new TakeError("offline", { cause });
  }
  if (answer.ok) return answer;
  throw new TakeError(answer.status === 410 ? "gone" : answer.status === 409 ? "not_ready" : "offline");
}

/** Tries again while the network or the mirror is not there yet; any progress starts the count anew. */
async function retry<T>(
  { wait }: Network,
  work: () => Promise<T>,
  progress: () => number = () => 0,
): Promise<T> {
  let seen = progress();
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (cause) {
      const error = cause instanceof TakeError ? cause : new TakeError("offline", { cause });
      if (progress() > seen) tries = 1;
      seen = progress();
      if (error.code === "gone" || tries >= MAX_TRIES) throw error;
      await wait(FIRST_WAIT_MS * 2 ** (tries - 1));
    }
  }
}
