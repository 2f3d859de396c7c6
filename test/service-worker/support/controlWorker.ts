import { TargetType, type Browser, type CDPSession, type Page, type WebWorker } from "puppeteer-core";

/** Tag of our background sync. */
const TAG = "vitrine";

/** A browser's service workers, as DevTools commands them. */
export interface WorkerControl {
  /** Fires our background sync at an origin's worker, as the browser does once the network is back. */
  sync: (origin: string) => Promise<void>;
  /** Stops every worker at once, whatever it is doing. */
  stopAll: () => Promise<void>;
  /** Looks for a new version of an origin's worker. */
  update: (origin: string) => Promise<void>;
  unregister: (origin: string) => Promise<void>;
}

interface Registration {
  registrationId: string;
  scopeURL: string;
  isDeleted: boolean;
}

/** Commands the workers of a browser through a page, which may be of any origin. */
export async function controlWorkers(page: Page): Promise<WorkerControl> {
  const cdp: CDPSession = await page.createCDPSession();
  const known = new Map<string, Registration>();
  cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
    for (const one of registrations) known.set(one.registrationId, one);
  });
  await cdp.send("ServiceWorker.enable");
  const scopeOf = (origin: string) => `${origin}/`;
  return {
    sync: async (origin) => {
      const found = () =>
        [...known.values()].findLast((one) => one.scopeURL === scopeOf(origin) && !one.isDeleted);
      await page.waitForFunction(() => true); // a turn of the browser's, in which registrations are told
      const registrationId = found()?.registrationId;
      if (registrationId === undefined) throw new Error(`no worker registered at ${origin}`);
      await cdp.send("ServiceWorker.dispatchSyncEvent", {
        origin,
        registrationId,
        tag: TAG,
        lastChance: false,
      });
    },
    stopAll: () => cdp.send("ServiceWorker.stopAllWorkers"),
    update: (origin) => cdp.send("ServiceWorker.updateRegistration", { scopeURL: scopeOf(origin) }),
    unregister: (origin) => cdp.send("ServiceWorker.unregister", { scopeURL: scopeOf(origin) }),
  };
}

/** Waits until a worker controls the page. */
export async function controlled(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** The running worker of an origin; it is started by whatever the page asks it for. */
export async function workerOf(browser: Browser, origin: string): Promise<WebWorker> {
  const target = await browser.waitForTarget(
    (one) => one.type() === TargetType.SERVICE_WORKER && one.url().startsWith(origin),
  );
  return (await target.worker())!;
}

/** The addresses in each of the origin's caches, by the cache's name. */
export function cached(page: Page): Promise<Record<string, string[]>> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const entries = names.map(async (name) => {
      const requests = await (await caches.open(name)).keys();
      return [name, requests.map(({ url }) => url)] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  });
}
