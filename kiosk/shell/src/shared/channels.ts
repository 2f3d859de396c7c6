/** What a page may ask of its shell. In Electron each is an IPC channel, in Chromium a path under `/shell/`. */
export const REQUESTS = ["identity", "enrol", "call", "beat", "track", "wipe"] as const;

/** One of {@link REQUESTS}. */
export type RequestName = (typeof REQUESTS)[number];

/** The IPC channel of a request; apart from names that Electron itself uses. */
export const channelOf = (name: RequestName): string => `shell:${name}`;

/** The IPC channel, and the event of the stream, on which the shop's commands reach the page. */
export const COMMAND_CHANNEL = "shell:command";
