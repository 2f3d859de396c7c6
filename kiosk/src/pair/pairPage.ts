import { createDeviceReader } from "./readDevice.ts";
import { keepRemote, randomSecret, readRemote } from "./remote.ts";
import { drawFailure, drawScreen, type Screen } from "./screens.ts";
import type { PhoneLease, Place, Server, Told } from "./server.ts";
import { strings } from "./strings.ts";
import { STYLE } from "./style.ts";

/** How often the page looks whether the mirror has locked, or the shop's consent was given meanwhile. */
const LOOK_MS = 3_000;

const storage = () => sessionStorage;

/**
 * The page on the shopper's phone: which mirror it is, what it may show, a tap; then the remote of that mirror.
 * Its style is its own: it stands in a shadow root, whatever the shop's page looks like.
 * @param code from the address, if one was scanned
 * @returns what to call with the next code that is scanned
 */
export function startPairPage(
  host: HTMLElement,
  server: Server,
  code: string | undefined,
): (code: string) => void {
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const readDevice = createDeviceReader(window.indexedDB);
  /** The SDK's secret, while it may be used; a database that does not answer changes nothing. */
  let known: string | undefined;
  const learnDevice = async () => {
    const device = await readDevice();
    if (device !== undefined) known = device ?? undefined;
    return device;
  };
  let screen: Screen = { kind: "reading" };
  let remote = readRemote(storage);

  const show = (next: Screen, isSame = false) => {
    screen = next;
    root.replaceChildren(drawScreen(next));
    // The new heading is what a screen reader should hear.
    if (!isSame) root.querySelector("h1")!.focus();
  };
  const fail = () => {
    root.querySelector("[role=alert]")?.remove();
    root.querySelector("button")?.before(drawFailure(strings.unreachable));
  };
  /** Moves with all that the shopper does: what was asked before is no longer news. */
  let turn = 0;
  /** Nothing is pressed twice while the server thinks. */
  const busy = async <T>(work: Promise<T>): Promise<T> => {
    turn++;
    const buttons = [...root.querySelectorAll("button")];
    for (const button of buttons) button.disabled = true;
    const result = await work;
    for (const button of buttons) button.disabled = false;
    turn++;
    return result;
  };

  const showLease = (lease: PhoneLease) => {
    if (lease.state === "ended") return finish();
    const isSame = screen.kind === "lease" && screen.lease.state === lease.state;
    if (!isSame) show({ kind: "lease", lease, act: (what) => void act(what) });
  };
  const finish = () => {
    remote = undefined;
    keepRemote(storage, undefined);
    show({ kind: "ended" });
  };

  const look = async (what: "read" | "reopen" | "end"): Promise<Told<PhoneLease>> => {
    if (!remote?.lease) return { kind: "gone" };
    const answer = remote.secret ?? (await learnDevice());
    const device = remote.secret ?? known;
    if (device) return server.lease(what, { lease: remote.lease, device });
    // A phone that was reset meanwhile is another one: it holds nothing.
    return { kind: answer === null ? "gone" : "unreachable" };
  };
  const act = async (what: "reopen" | "end") => {
    const told = await busy(look(what));
    if (told.kind === "told") showLease(told.body);
    else if (told.kind === "gone") finish();
    else fail();
  };

  const showChoice = (scanned: string, place: Place, isSame = false) =>
    show(
      {
        kind: "choose",
        code: scanned,
        place,
        isKnown: known !== undefined,
        choose: (withProfile) => void choose(scanned, withProfile),
      },
      isSame,
    );
  const choose = async (scanned: string, withProfile: boolean) => {
    if (withProfile) await busy(learnDevice());
    const device = withProfile ? known : undefined;
    // One random secret for a tab: so the mirror that it leaves for another one is let go.
    const secret = device === undefined ? (remote?.secret ?? randomSecret()) : undefined;
    const scope = device === undefined ? ["looks"] : ["profile", "looks"];
    const told = await busy(server.confirm({ code: scanned, device: device ?? secret!, scope }));
    if (told.kind === "gone") return show({ kind: "tooOld" });
    if (told.kind === "unreachable") return fail();
    remote = { lease: told.body.lease, secret };
    keepRemote(storage, remote);
    showLease(told.body);
  };

  const readCode = async (scanned: string) => {
    show({ kind: "reading" });
    const [told] = await busy(Promise.all([server.read(scanned), learnDevice()]));
    if (told.kind === "told") showChoice(scanned, told.body.kiosk);
    else if (told.kind === "gone") show({ kind: "tooOld" });
    else show({ kind: "unreachable", retry: () => void readCode(scanned) });
  };
  const readLease = async () => {
    const asked = turn;
    const told = await look("read");
    if (asked !== turn) return;
    if (told.kind === "told") showLease(told.body);
    else if (told.kind === "gone") finish();
    else if (screen.kind !== "lease") show({ kind: "unreachable", retry: () => void readLease() });
  };

  const keepUp = async () => {
    if (document.hidden) return;
    if (screen.kind === "lease") await readLease();
    if (screen.kind !== "choose") return;
    const wasKnown = known !== undefined;
    await learnDevice();
    if (screen.kind !== "choose" || wasKnown === (known !== undefined)) return;
    showChoice(screen.code, screen.place, true);
  };
  setInterval(() => void keepUp(), LOOK_MS);
  document.addEventListener("visibilitychange", () => void keepUp());

  if (code) void readCode(code);
  else if (remote?.lease) void readLease();
  else show({ kind: "noCode" });
  return (scanned) => void readCode(scanned);
}
