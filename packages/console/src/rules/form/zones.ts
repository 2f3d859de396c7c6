/** The zone of whoever sits at this console. */
export const OWN_ZONE: string = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** All zones that this browser knows, as it writes them. */
export const ZONES: readonly string[] = Intl.supportedValuesOf("timeZone");
