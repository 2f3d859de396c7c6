import type { Decision } from "@vitrine/core";

/** What a server decided for a page, by placement; the page's first render goes by it too, so both are the same. */
export interface HandOff {
  decisions: Readonly<Record<string, Decision>>;
}

/** Id of the element that carries it. */
const ID = "vitrine-hand-off";

/** The hand-off as an element to put into the page, above the script that hydrates it. It is data: no policy forbids it. */
export function handOffElement(handOff: HandOff): string {
  return `<script type="application/json" id="${ID}">${JSON.stringify(handOff).replaceAll("<", "\\u003c")}</script>`;
}

/** Reads what the server handed over; nothing where it did not. */
export function readHandOff(document: Document): HandOff {
  const text = document.getElementById(ID)?.textContent;
  return text ? (JSON.parse(text) as HandOff) : { decisions: {} };
}
