import type { Services } from "../services.ts";

/** Puts the last change of the rules' keys into the audit log, where a power cut came after the file and before the log. */
export function noteKeysChange({ secrets, database, audit }: Services): void {
  const change = secrets.rulesKeys.lastChange();
  if (!change) return;
  const { siteId, by, action, kid } = change;
  const details = { kid };
  // A key takes each step once, so what is found is this change.
  const noted = database
    .sql("SELECT 1 FROM audit WHERE site_id = ? AND action = ? AND details = ?")
    .get(siteId, action, JSON.stringify(details));
  if (!noted) audit.append({ siteId, by, action, details });
}
