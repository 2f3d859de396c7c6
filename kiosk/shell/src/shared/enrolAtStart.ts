import type { Kiosk } from "./kiosk.ts";
import { readCode, readEndpoint } from "./parseMessage.ts";
import type { ShellOptions } from "./readOptions.ts";

/**
 * Enrols a kiosk that is not yet enrolled with the server its command line names.
 * @throws Error with a sentence for the person who installs.
 */
export async function enrolAtStart(kiosk: Kiosk, enrolment: ShellOptions["enrolment"]): Promise<void> {
  if (!enrolment) return;
  const endpoint = readEndpoint(enrolment.endpoint);
  if (kiosk.identity()?.endpoint !== endpoint) await kiosk.enrol(readCode(enrolment.code), endpoint);
}
