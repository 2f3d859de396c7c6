/** What decides about Chromium's flags. */
export interface FlagOptions {
  url: string;
  /** Thrown away with its shopper. */
  profile: string;
  isWindowed: boolean;
  fakeCamera: string | undefined;
  /** Of the machine at hand, such as those of its graphics. */
  more: readonly string[];
}

/** Nothing of these belongs into a mirror: they draw over the page, or talk to their makers. */
const DISABLED_FEATURES = [
  "Translate",
  "MediaRouter",
  "OptimizationHints",
  "AutofillServerCommunication",
  "InterestFeedContentSuggestions",
  "GlobalMediaControls",
  "DialMediaRouteProvider",
  "LensOverlay",
];

/** The command line of a Chromium that shows one page and nothing of itself. */
export function chromiumFlags({ url, profile, isWindowed, fakeCamera, more }: FlagOptions): string[] {
  return [
    // An app's window has no tabs and no address bar, and hands chords to the page before it obeys them.
    `--app=${url}`,
    ...(isWindowed ? ["--window-size=540,960"] : ["--kiosk", "--start-fullscreen", "--window-position=0,0"]),
    `--user-data-dir=${profile}`,
    // The box listens here, and nobody else can: it is a pipe, no port.
    "--remote-debugging-pipe",
    `--disable-features=${DISABLED_FEATURES.join(",")}`,
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--noerrdialogs",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-crash-reporter",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-notifications",
    "--disable-pinch",
    "--disable-print-preview",
    "--disable-session-crashed-bubble",
    "--disable-sync",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disk-cache-size=1",
    "--overscroll-history-navigation=0",
    "--password-store=basic",
    "--autoplay-policy=no-user-gesture-required",
    // Voices of this machine, for reading aloud; without it Chromium on Linux has none.
    "--enable-speech-dispatcher",
    ...(fakeCamera === undefined
      ? []
      : ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${fakeCamera}`]),
    ...more,
  ];
}
