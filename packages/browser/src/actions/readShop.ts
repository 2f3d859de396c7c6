import type { ActionsHost } from "./actions.ts";

/**
 * Reads what the collector says of the shop itself, without the device's secret: nobody is named, so the answer may be cached by the
 * browser and by whatever stands between. Offline the browser's copy serves, however old.
 * @returns undefined where there is nothing; rejects offline without a copy
 */
export async function readShop(
  { _config, _fetch }: ActionsHost["_engine"],
  path: string,
  question: Record<string, string>,
): Promise<unknown> {
  const query = new URLSearchParams({ site: _config.site, ...question });
  const ask = (cache: RequestCache) => _fetch(`${_config.endpoint}/${path}?${query}`, { cache });
  const answer = await ask("default").catch(() => ask("force-cache"));
  return answer.status === 200 ? answer.json() : undefined;
}
