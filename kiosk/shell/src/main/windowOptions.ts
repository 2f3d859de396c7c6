import type { BrowserWindowConstructorOptions, Rectangle } from "electron";

/** How a mirror's window stands on the screen. */
export interface Frame {
  isWindowed: boolean;
  /** Of the display. Kiosk mode alone does not fill the screen where there is no window manager. */
  bounds: Rectangle;
}

/** A portrait that fits on a desk's screen. */
const WINDOW = { width: 540, height: 960 } as const;

/** The one kind of window there is. @param partition without `persist:`, so that it lives in memory only. */
export function windowOptions(
  { isWindowed, bounds }: Frame,
  partition: string,
  preload: string,
): BrowserWindowConstructorOptions {
  return {
    ...(isWindowed ? WINDOW : { ...bounds, kiosk: true, frame: false }),
    show: false,
    backgroundColor: "#000000",
    autoHideMenuBar: true,
    title: "Mirror",
    webPreferences: {
      preload,
      partition,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      // The page draws and beats also when a system's dialog covers it.
      backgroundThrottling: false,
      autoplayPolicy: "no-user-gesture-required",
    },
  };
}
