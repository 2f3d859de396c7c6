const ID = String.raw`[\w-]{1,128}`;

/** Every call that a page may make with the kiosk's key. Enrolment and heartbeat are the shell's own. */
const CALLS: readonly [method: string, path: RegExp][] = [
  ["GET", below(String.raw`rules(?:\?known=\d{1,15})?`)],
  ["POST", below("pairings")],
  ["GET", below(`pairings/${ID}`)],
  ["GET", below(`leases/${ID}`)],
  ["POST", below(`leases/${ID}/(?:lock|touch|extend|end)`)],
  ["GET", below(String.raw`articles\?code=[\w.~%-]{1,300}`)],
  ["POST", below("requests")],
  ["GET", below(`requests/${ID}`)],
  ["POST", below("handoffs")],
  ["GET", below(`handoffs/${ID}`)],
  ["PUT", below(String.raw`handoffs/${ID}/parts/\d{1,3}`)],
  ["DELETE", below(`handoffs/${ID}`)],
];

function below(pattern: string): RegExp {
  return new RegExp(`^/v1/kiosk/${pattern}$`);
}

/** True for a call that a kiosk's page has reason to make. */
export function isAllowedCall(method: string, path: string): boolean {
  return CALLS.some(([allowed, pattern]) => allowed === method && pattern.test(path));
}
