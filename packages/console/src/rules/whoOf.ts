import { strings } from "../strings.ts";

/** Who changed something, by the name of the key. */
export function whoOf({ by, byName }: { by: string; byName: string | null }): string {
  return by === "system" ? strings.rules.system : (byName ?? strings.rules.someone);
}
