import type { Scope } from "../FaultRow.ts";
import { copyHurriedPage } from "./hurriedPage.ts";

/**
 * A mirror's page that forgets nothing: what the server says of a lease it notes, and instead of having its partition
 * wiped it starts anew and reads its notes. For controls: whoever looks for leftovers must find these.
 */
export const copyLeakyPage = (scope: Scope): Promise<string> => copyHurriedPage(scope, [], LEAK);

const LEAK = `
globalThis.notes = localStorage.getItem("notes") ?? "";
const ask = globalThis.fetch;
globalThis.fetch = async (path, init) => {
  if (path === "/shell/wipe") return void location.reload() ?? new Promise(() => {});
  const answer = await ask(path, init);
  if (path === "/shell/call") {
    const text = await answer.clone().text();
    if (text.includes('"profile":{')) localStorage.setItem("notes", text);
  }
  return answer;
};`;
