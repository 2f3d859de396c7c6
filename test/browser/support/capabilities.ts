/** What some engines lack. docs/engines.md says what the SDK does there. */
const CAPABILITIES = {
  "the Navigation API": () => "navigation" in window,
  "storage estimates": () => "estimate" in (navigator.storage ?? {}),
};

/** Something that a test needs and not every engine has. */
export type Capability = keyof typeof CAPABILITIES;

/** Describes what works with a capability; where the engine lacks it, the tests are skipped and their names say why. */
export function describeWith(capability: Capability, title: string, body: () => void): void {
  if (CAPABILITIES[capability]()) describe(title, body);
  else describe.skip(`${title} (this engine lacks ${capability})`, body);
}
