/**
 * Content as data: a text, or `[tag, attributes, ...children]`. Only these tags and attributes exist, and only
 * `createElement`, `setAttribute` and text nodes turn them into a page, so no text can become markup.
 */
export type ViewNode = string | [tag: ViewTag, attributes: ViewAttributes, ...children: ViewNode[]];

/** Elements that content is made of. */
export type ViewTag =
  | "a"
  | "button"
  | "div"
  | "fieldset"
  | "h2"
  | "img"
  | "input"
  | "label"
  | "legend"
  | "li"
  | "p"
  | "small"
  | "span"
  | "strong"
  | "ul";

/** Attributes that content may carry; `href` and `src` are checked to be http(s) or same-origin paths. */
export interface ViewAttributes {
  class?: string;
  href?: string;
  src?: string;
  alt?: string;
  width?: string;
  height?: string;
  /** Of an input, which is always a radio button. */
  name?: string;
  value?: string;
  "aria-label"?: string;
  /** Names what a click does, for the SDK to hear. */
  "data-vitrine-act"?: string;
}

/**
 * A safe address, or undefined: http(s), or a path on the page's own origin.
 * Control characters and backslashes are refused since browsers read `\` as `/` and drop tabs.
 */
export function safeUrl(url: string | undefined): string | undefined {
  return typeof url === "string" && /^(https?:\/\/|[/?#](?![/\\]))[^\s\\\p{Cc}]*$/iu.test(url)
    ? url
    : undefined;
}

/** Elements that content may have; whoever renders it knows no others. An `input` is a radio button, a `button` sends no form. */
export const CONTENT_TAGS: RegExp =
  /^(a|button|div|fieldset|h2|img|input|label|legend|li|p|small|span|strong|ul)$/;

/** Attributes that content may have; addresses besides have to be {@link safeUrl safe}. */
export const CONTENT_ATTRIBUTES: RegExp =
  /^(class|href|src|alt|width|height|name|value|aria-label|data-vitrine-act)$/;
