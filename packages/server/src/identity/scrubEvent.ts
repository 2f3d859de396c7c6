import type { Json, JsonObject, VitrineEvent } from "@vitrine/core";
import { maskAddresses } from "./maskAddresses.ts";
import { looksPersonal } from "./personalId.ts";

/** A contact detail as the sender gave it: `email`, `phone`, a name, an address. */
export interface Contact {
  kind: string;
  value: string;
}

/** Longest contact detail that is kept, in UTF-16 units. */
const MAX_CONTACT = 1_000;

/** Keys, without case and separators, that hold contact details wherever they stand. */
const CONTACT_KEYS: ReadonlyMap<string, string> = new Map([
  ...names("email", "email emailaddress mail useremail customeremail"),
  ...names(
    "phone",
    "phone phonenumber mobile mobilephone mobilenumber telephone tel cellphone customerphone",
  ),
  ...names("first_name", "firstname givenname"),
  ...names("last_name", "lastname familyname surname"),
  ...names("full_name", "fullname customername"),
  ...names("address", "address street streetaddress shippingaddress billingaddress deliveryaddress"),
]);

function names(kind: string, keys: string): [string, string][] {
  return keys.split(" ").map((key) => [key, kind]);
}

/**
 * Takes contact details out of an event before anything keeps it, in place. E-mail addresses and phone
 * numbers go wherever they stand, addresses inside a text such as a page's URL too.
 * @param holdsAddresses false when it is known that no text has an address in it; keys and phone numbers always count
 * @returns those that are the sender's own word about this person: the top level of traits and properties.
 */
export function scrubEvent(event: VitrineEvent, holdsAddresses: boolean = true): Contact[] {
  const scrubText = holdsAddresses ? scrubAll : scrubPhone;
  const found: Contact[] = [];
  event.properties = scrubTop(event.properties, found, scrubText);
  event.traits = scrubTop(event.traits, found, scrubText, event.type === "identify");
  const { context } = event;
  const { traits, ip: _ip, proof: _proof, ...rest } = context;
  const isPlain = traits === undefined && !("ip" in context) && !("proof" in context);
  event.context = scrubValue(isPlain ? context : rest, scrubText) as typeof context;
  if (traits && typeof traits === "object" && !Array.isArray(traits)) {
    event.context = { ...event.context, traits: scrubTop(traits, found, scrubText, true) };
  }
  if (event.event) event.event = scrubText(event.event);
  return found;
}

function scrubTop(
  from: JsonObject,
  found: Contact[],
  scrubText: ScrubText,
  areTraits: boolean = false,
): JsonObject {
  const scrubbed = scrubValue(from, scrubText) as JsonObject;
  const named = areTraits && Object.hasOwn(from, "name");
  if (scrubbed === from && !named) return from;
  for (const key of Object.keys(from)) {
    const kind = named && key === "name" ? "full_name" : contactKind(key);
    const value = from[key];
    if (!kind || value === undefined || value === null || value === "") continue;
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    found.push({ kind, value: text.slice(0, MAX_CONTACT) });
  }
  if (!named) return scrubbed;
  const { name: _name, ...rest } = scrubbed;
  return rest;
}

/** Copies only what changes. */
function scrubValue(value: Json, scrubText: ScrubText): Json {
  if (typeof value === "string") return scrubText(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const scrubbed = value.map((item) => scrubValue(item, scrubText));
    return scrubbed.some((item, i) => item !== value[i]) ? scrubbed : value;
  }
  let copy: [string, Json | undefined][] | undefined;
  for (const key of Object.keys(value)) {
    const old = value[key];
    const scrubbed = contactKind(key)
      ? undefined
      : old === undefined
        ? undefined
        : scrubValue(old, scrubText);
    if (scrubbed === old) continue;
    copy ??= Object.entries(value);
    const at = copy.findIndex(([name]) => name === key);
    if (scrubbed === undefined) copy.splice(at, 1);
    else copy[at] = [key, scrubbed];
  }
  // fromEntries defines keys, so a hostile `__proto__` stays data.
  return copy ? Object.fromEntries(copy) : value;
}

type ScrubText = (text: string) => string;

function scrubPhone(text: string): string {
  const start = text.charCodeAt(0);
  return (start === 0x2b || start === 0x30) && looksPersonal(text) ? "[phone]" : text; // + or 0
}

function scrubAll(text: string): string {
  const scrubbed = scrubPhone(text);
  return scrubbed.includes("@") || scrubbed.includes("%40") ? maskAddresses(scrubbed) : scrubbed;
}

/** Keys repeat, and normalising one is dear. `null` for a key that holds no contact detail. */
const kinds = new Map<string, string | null>();
const MAX_KINDS = 4096;

function contactKind(key: string): string | null {
  const known = kinds.get(key);
  if (known !== undefined) return known;
  const kind = CONTACT_KEYS.get(key.toLowerCase().replace(/[^a-z0-9]/g, "")) ?? null;
  if (kinds.size >= MAX_KINDS) kinds.clear();
  kinds.set(key, kind);
  return kind;
}
