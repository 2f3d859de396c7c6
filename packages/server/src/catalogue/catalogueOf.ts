import type { Services } from "../services.ts";
import { createCatalogue, type Catalogue } from "./catalogue.ts";

const known = new WeakMap<Services, Catalogue>();

/** The catalogue of a running server; opened at first use. */
export function catalogueOf(services: Services): Catalogue {
  let catalogue = known.get(services);
  if (!catalogue) known.set(services, (catalogue = createCatalogue(services)));
  return catalogue;
}
