import type { Demo } from "./demo.ts";
import { STORES } from "./shop/index.ts";

const NAME = "Demo mirror";
/** A branch that tells its stock, so that a scanned label has something to say. */
const STORE = STORES[0];

/**
 * A code that makes a machine the demo's kiosk, asked for as the console does.
 * @throws Error when the server gives none.
 */
export async function enrolmentCode({ vitrine, vitrineUrl }: Demo): Promise<string> {
  const { keys } = vitrine.services;
  const { id: siteId } = vitrine.site;
  const key = keys.create({ siteId, kind: "secret", name: "enrols the demo's mirror", scopes: ["admin"] });
  try {
    const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
      const response = await fetch(`${vitrineUrl}/v1/admin/kiosks${path}`, {
        method,
        headers: { Authorization: `Bearer ${key.text}`, "Content-Type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (!response.ok)
        throw new Error(`No code for the mirror: ${response.status} ${await response.text()}`);
      return response.json();
    };
    const { items } = (await ask("GET", "")) as { items: { id: string; name: string }[] };
    const known = items.find(({ name }) => name === NAME);
    const made = known ? ask("POST", `/${known.id}/codes`) : ask("POST", "", { name: NAME, store: STORE });
    return ((await made) as { code: string }).code;
  } finally {
    keys.revoke(siteId, key.id);
  }
}
