/** What a page did to its surroundings before our script came. */
export interface HostilePage {
  what: string;
  /** Runs first. */
  script?: string;
  /** Stands in the page's body. */
  body?: string;
  /** Nothing can be sent, or copied, with what is left: then nothing wrong is stored either. */
  isHopeless?: boolean;
}

/** Names that libraries gave every object, that polluted prototypes are used for, and that our own code reads. */
export const POLLUTED: readonly string[] = [
  ...["extend", "each", "clone", "inspect", "toJSON", "remove", "contains", "forEach", "map", "filter"],
  ...[
    "platform",
    "channel",
    "store",
    "endpoint",
    "site",
    "rulesKey",
    "dataLayer",
    "cookie",
    "debug",
    "personal",
  ],
  ...["device", "secret", "writer", "userId", "properties", "context", "event", "type", "options", "traits"],
  ...[
    "products",
    "order_id",
    "product_id",
    "category",
    "items",
    "ecommerce",
    "reason",
    "status",
    "results",
    "proof",
  ],
  ...[
    "when",
    "schedule",
    "experiment",
    "isAdmin",
    "src",
    "nonce",
    "integrity",
    "keyPath",
    "then",
    "maxBytes",
  ],
];

/** What each of them holds: a text, what can be called, what can be looked into. */
const VALUES: Record<string, string> = {
  texts: `"evil"`,
  functions: `function () { return "evil"; }`,
  objects: `{ id: "evil", evil: true }`,
};

const pollute = (names: readonly string[], value: string) =>
  `for (const name of ${JSON.stringify(names)}) Object.prototype[name] = ${value};`;

/** A thenable of everything is awaited for ever, by every script: a page of that kind does nothing. */
const isLivable = (name: string, what: string) => name !== "then" || what !== "functions";

/** One name at a time; there are so many that a long run alone goes through all. */
export const POLLUTIONS: readonly HostilePage[] = POLLUTED.flatMap((name) =>
  Object.entries(VALUES)
    .filter(([what]) => isLivable(name, what))
    .map(([what, value]) => ({
      what: `Object.prototype.${name}, of ${what}`,
      script: pollute([name], value),
    })),
);

const ALL_POLLUTED: readonly HostilePage[] = Object.entries(VALUES).map(([what, value]) => ({
  what: `Object.prototype with ${POLLUTED.length} ${what}`,
  script: pollute(
    POLLUTED.filter((name) => isLivable(name, what)),
    value,
  ),
}));

/** As versions before 1.7 have it, natively written JSON or not. */
const PROTOTYPE_JS = `
  Array.prototype.toJSON = function () { return "[" + this.map((one) => Object.toJSON(one)).join(", ") + "]"; };
  String.prototype.toJSON = function () { return '"' + this + '"'; };
  Number.prototype.toJSON = function () { return isFinite(this) ? this.toString() : "null"; };
  Object.toJSON = (one) => (one && one.toJSON ? one.toJSON() : String(one));
  for (const name of ["each", "collect", "detect", "grep", "inject", "invoke", "pluck", "without", "uniq"])
    Array.prototype[name] = function () { return this; };`;

const FROZEN = `for (const one of [Object, Array, Function, String, Number, Promise, Map, Set, RegExp, Date, Error, Element,
  Node, EventTarget, Event, IDBDatabase, Storage, History]) { Object.freeze(one.prototype); Object.freeze(one); }
  Object.freeze(JSON); Object.freeze(Math);`;

/** Names of a document's own that an element can take, and of ours. */
const CLOBBERED = [
  ...["activeElement", "addEventListener", "adoptedStyleSheets", "baseURI", "body", "children", "cookie"],
  ...["createElement", "createTextNode", "currentScript", "defaultView", "documentElement", "dispatchEvent"],
  ...[
    "firstChild",
    "forms",
    "getElementById",
    "getElementsByTagName",
    "head",
    "hidden",
    "images",
    "lastChild",
  ],
  ...["links", "location", "nodeName", "parentNode", "prerendering", "querySelector", "querySelectorAll"],
  ...["readyState", "referrer", "removeEventListener", "scripts", "title", "URL", "visibilityState"],
  ...["vitrine", "vitrineFirstPaint", "dataLayer", "trustedTypes", "navigation"],
];

/** By id alone an element takes a name of the window's only where that has none. */
const clobbered = (tag: string, attribute: string, names: readonly string[]) =>
  names.map((name) => `<${tag} ${attribute}="${name}"></${tag}>`).join("");

/** All that a page may have done, but single names. */
export const HOSTILE_PAGES: readonly HostilePage[] = [
  ...ALL_POLLUTED,
  { what: "prototype.js", script: PROTOTYPE_JS },
  { what: "a toJSON of all objects", script: `Object.prototype.toJSON = () => "evil";` },
  { what: "a JSON.stringify of its own", script: `JSON.stringify = () => "evil";`, isHopeless: true },
  {
    what: "a JSON that is wrapped",
    script: `{ const { parse, stringify } = JSON; JSON = { parse: (text) => parse(text), stringify: (...of) => stringify(...of) }; }`,
  },
  { what: "a fetch that gives nothing", script: `fetch = () => undefined;`, isHopeless: true },
  { what: "a fetch that throws", script: `fetch = () => { throw 1; };`, isHopeless: true },
  { what: "a fetch that never ends", script: `fetch = () => new Promise(() => {});`, isHopeless: true },
  {
    what: "a fetch that answers itself",
    script: `fetch = async () => new Response("{}");`,
    isHopeless: true,
  },
  {
    what: "a fetch that is wrapped",
    script: `{ const real = fetch; fetch = (...asked) => real(...asked).then((one) => one); }`,
  },
  {
    what: "a Promise of its own",
    script: `Promise = class extends Promise { then(done, failed) { return super.then(done, failed); } };`,
  },
  {
    what: "a Promise.then that is wrapped",
    script: `{ const { then } = Promise.prototype; Promise.prototype.then = function (a, b) { return then.call(this, a && ((one) => a(one)), b); } }`,
  },
  {
    what: "a Date of its own",
    script: `Date = class extends Date { constructor(...of) { super(...(of.length ? of : [Date.now()])); } };`,
  },
  {
    what: "timers that are wrapped",
    script: `{ const real = setTimeout; setTimeout = (run, ms) => real(() => run(), ms); }`,
  },
  {
    what: "lists with an own map",
    script: `Array.prototype.map = function (f) { const all = []; for (let i = 0; i < this.length; i++) all.push(f(this[i], i, this)); return all; };`,
  },
  {
    what: "a for-in Object.assign",
    script: `Object.assign = (to, ...from) => { for (const one of from) for (const name in one) to[name] = one[name]; return to; };`,
  },
  { what: "a frozen Object.prototype", script: `Object.freeze(Object.prototype);` },
  { what: "a frozen Array.prototype", script: `Object.freeze(Array.prototype);` },
  { what: "all prototypes frozen", script: FROZEN },
  { what: `${CLOBBERED.length} elements by id`, body: clobbered("a", "id", CLOBBERED) },
  {
    what: "images called document's own names",
    body: clobbered(
      "img",
      "name",
      CLOBBERED.filter((name) => /^(cookie|images|links|forms|scripts|lastChild|children)$/.test(name)),
    ),
  },
];
