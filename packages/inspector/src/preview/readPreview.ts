import type { ViewNode } from "@vitrine/core";

/** What a slot of this page would show. */
export interface PreviewedSlot {
  placement: string;
  /** The rule that fills it; null where the shop's own content stands. */
  rule: string | null;
  nodes: ViewNode[];
}

/** The answer of the server. */
export interface PreviewAnswer {
  /** Origin of the console, which alone may hear what is picked. */
  console: string;
  slots: PreviewedSlot[];
}

/** The token of a preview, as a link of the console names it after the page's address: no server is sent it. */
export function takeToken(): string | undefined {
  const [, token] = location.hash.split("#vitrine-preview=");
  if (token === undefined) return undefined;
  // Gone at once: neither the shop's scripts nor a shared address should have it, and a reload is the plain page.
  const plain = new URL(location.href);
  plain.searchParams.delete("vitrine-inspector");
  plain.hash = "";
  history.replaceState(history.state, "", plain);
  return token;
}

/** Where the page's own tag sends to; undefined in a page whose SDK came another way. */
export function endpointOf(): string | undefined {
  const tag = document.querySelector<HTMLScriptElement>("script[data-site]");
  return tag ? (tag.dataset["endpoint"] ?? `${new URL(tag.src).origin}/v1`) : undefined;
}

/** Asks what the draft shows in these slots. Undefined when the preview has ended or the server does not answer. */
export async function readPreview(
  endpoint: string,
  token: string,
  placements: readonly string[],
): Promise<PreviewAnswer | undefined> {
  const page = {
    path: location.pathname,
    query: Object.fromEntries([...new URLSearchParams(location.search)].reverse()),
    language: document.documentElement.lang || navigator.language,
    device: { width: innerWidth, touch: navigator.maxTouchPoints > 0 },
  };
  try {
    const response = await fetch(`${endpoint}/preview`, {
      method: "POST",
      // Plain, so that no preflight is needed.
      headers: { "content-type": "text/plain" },
      body: JSON.stringify({ token, placements, ...page }),
    });
    return response.ok ? ((await response.json()) as PreviewAnswer) : undefined;
  } catch {
    return undefined; // offline, or this origin is not among the shop's
  }
}
