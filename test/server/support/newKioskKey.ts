import { kioskPartsOf } from "../../../packages/server/src/kiosk/kioskParts.ts";
import type { Running } from "./runVitrine.ts";

/** The key of another kiosk, in `store`. */
export function newKioskKey({ vitrine }: Running, store = "berlin"): string {
  const { kiosks } = kioskPartsOf(vitrine.services);
  const { id } = kiosks.create({ siteId: "default", name: "mirror", store });
  return kiosks.enrol(kiosks.createCode(id).code)!.key;
}
