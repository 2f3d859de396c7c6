import type { Delivery } from "./engine.ts";
import { gateOf } from "./identity/consent.ts";
import type { Personal } from "./personal/index.ts";

/** Longest wait for the personal part: then calls go on without it. */
const WAIT_MS = 5000;

/** Joins the personal part to the engine; it fetches by the same way what it needs itself. */
export type CreatePersonal = (engine: Delivery, fetchPart: FetchPart) => Personal;

/** Fetches a further script, that of the personal part unless another is named: how, depends on the build. */
export type FetchPart = (file?: string, integrity?: string) => Promise<CreatePersonal>;

/** Brings the personal part in. */
export interface PersonalLoader {
  /** True until it is here, or will not come in time. */
  _isPersonalDue: () => boolean;
  /**
   * Fetches and joins it, unless it is here, the shop only tracks, or the person refused. Settles also when it failed;
   * the next call tries again.
   */
  _loadPersonal: () => Promise<void>;
}

/** Creates the loader. */
export function createPersonalLoader(engine: Delivery, fetchPart: FetchPart): PersonalLoader {
  const isWanted = () => engine._config.personal !== false && gateOf(engine._consent) !== "refused";
  let loading: Promise<void> | undefined;
  let isLate = false;

  const load = async () => {
    try {
      const createPersonal = await new Promise<CreatePersonal>((resolve, reject) => {
        fetchPart().then(resolve, reject);
        engine._later(reject, WAIT_MS);
      });
      engine._personal = createPersonal(engine, fetchPart);
    } catch (cause) {
      loading = undefined;
      isLate = true;
      engine._emit("error", { code: "personal", cause });
    }
    engine._release();
    engine._sources.resume(engine._personal?._readJsonLd);
    await engine._personal?._joined; // a page that is ready decides by the rules it has
  };

  return {
    _isPersonalDue: () => isWanted() && !isLate && !engine._personal,
    _loadPersonal: async () => {
      if (isWanted()) await (loading ??= load());
    },
  };
}
