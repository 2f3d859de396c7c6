import type { Readable, Writable } from "node:stream";
import { openDevtoolsPipe, type DevtoolsEvent } from "./devtoolsPipe.ts";

/** What a guard looks after. */
export interface GuardOptions {
  /** Of the page; everything else is foreign. */
  origin: string;
  onFail: (reason: string) => void;
  /** The page stands in its window. */
  onShown: () => void;
}

interface Target {
  targetId: string;
  type: string;
  url: string;
}

/** Grants the camera's picture to our origin and refuses all else; closes other windows; tells of crash and escape. */
export function guardBrowser(
  toBrowser: Writable,
  fromBrowser: Readable,
  { origin, onFail, onShown }: GuardOptions,
): void {
  let page: string | undefined;
  const pipe = openDevtoolsPipe(toBrowser, fromBrowser, ({ method, params }: DevtoolsEvent) => {
    if (method === "Target.targetCrashed" && params["targetId"] === page) onFail("the page's process ended");
    const target = params["targetInfo"] as Target | undefined;
    if (target?.type !== "page") return;
    if (method === "Target.targetCreated") admit(target);
    if (method === "Target.targetInfoChanged" && target.targetId === page) follow(target);
  });
  const admit = (target: Target) => {
    if (page === undefined) {
      page = target.targetId;
      onShown();
      return;
    }
    if (target.targetId !== page) pipe.send("Target.closeTarget", { targetId: target.targetId });
  };
  const follow = ({ url }: Target) => {
    if (url !== "" && url !== "about:blank" && !url.startsWith(`${origin}/`)) onFail("the page was left");
  };
  // What is not granted here is refused, without a question on the screen.
  pipe.send("Browser.grantPermissions", { origin, permissions: ["videoCapture"] });
  pipe.send("Browser.setDownloadBehavior", { behavior: "deny" });
  pipe.send("Target.setDiscoverTargets", { discover: true });
}
