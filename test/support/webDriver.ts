/** What a W3C WebDriver session can do for a test: the few commands that are needed here. */
export interface WebDriver {
  /** Loads a page and waits until it is complete. */
  goto: (url: string) => Promise<void>;
  url: () => Promise<string>;
  /** Runs a function in the page, which sees nothing but its arguments, and waits for its promise. */
  evaluate: <A extends unknown[], T>(run: (...args: A) => T, ...args: A) => Promise<Awaited<T>>;
  /** Ends the session, and with it its browser. */
  close: () => Promise<void>;
}

/** A command that takes longer hangs: the driver answers at once, page loads are small. */
const COMMAND_TIMEOUT_MS = 60_000;

/** Sends one command. The error carries the driver's own words. */
export async function sendCommand<T>(method: string, address: string, body?: object): Promise<T> {
  const response = await fetch(address, {
    method,
    headers: { "content-type": "application/json" },
    signal: AbortSignal.timeout(COMMAND_TIMEOUT_MS),
    ...(body && { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${method} ${address}: ${value.error}: ${value.message}`);
  return value;
}

/** Opens a session at a driver. */
export async function openWebDriver(address: string, capabilities: object): Promise<WebDriver> {
  const { sessionId } = await sendCommand<{ sessionId: string }>("POST", `${address}/session`, {
    capabilities: { alwaysMatch: capabilities },
  });
  const session = `${address}/session/${sessionId}`;
  return {
    goto: (url) => sendCommand("POST", `${session}/url`, { url }),
    url: () => sendCommand("GET", `${session}/url`),
    evaluate: (run, ...args) =>
      sendCommand("POST", `${session}/execute/sync`, {
        script: `return (${String(run)})(...arguments)`,
        args,
      }),
    close: () => sendCommand("DELETE", session),
  };
}
