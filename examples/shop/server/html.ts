/** Markup that is safe to send; made by {@link html} and {@link raw} only. */
export interface Html {
  readonly markup: string;
}

type Value = Html | string | number | false | null | undefined | readonly Value[];

/** Tagged template: texts are escaped, `Html` and arrays of it go in as they are, `false` and nothing vanish. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  let markup = strings[0] ?? "";
  for (const [index, value] of values.entries()) markup += print(value) + (strings[index + 1] ?? "");
  return { markup };
}

/** Takes text for markup. Only for constants of this program and for what {@link jsonScript} made safe. */
export function raw(markup: string): Html {
  return { markup };
}

/** A data block that the page's script or a crawler reads; `<` is escaped so that no value can end the element. */
export function jsonScript(attributes: string, value: unknown): Html {
  return raw(`<script ${attributes}>${JSON.stringify(value).replaceAll("<", "\\u003c")}</script>`);
}

function print(value: Value): string {
  if (value === false || value === null || value === undefined) return "";
  if (typeof value === "string") return escape(value);
  if (typeof value === "number") return String(value);
  if ("markup" in value) return value.markup;
  return value.map(print).join("");
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
