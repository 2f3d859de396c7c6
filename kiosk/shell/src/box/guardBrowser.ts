import type { Readable, Writable } from "node:stream";
import { openDevtoolsPipe, type DevtoolsEvent } from "./devtoolsPipe.ts";

/** What a guard looks after. */
export interface GuardOptions {
  /** Of the page; everything else is foreign. */
  origin: string;
  hasCamera: boolean;
  onFail: (reason: string) => void;
  /** The page stands in its window. */
  onShown: () => void;
}

interface Target {
  targetId: string;
  type: string;
  url: string;
}

interface Request {
  requestId: string;
  request: { url: string };
}

/**
 * Grants the camera's picture, if there is one, to our origin and refuses all else; holds the page where it is, closes other windows, and
 * tells of crash and escape.
 */
export function guardBrowser(
  toBrowser: Writable,
  fromBrowser: Readable,
  { origin, hasCamera, onFail, onShown }: GuardOptions,
): void {
  let page: string | undefined;
  const isOwn = (url: string) => url.startsWith(`${origin}/`);
  const pipe = openDevtoolsPipe(toBrowser, fromBrowser, ({ method, params, sessionId }: DevtoolsEvent) => {
    const target = params["targetInfo"] as Target | undefined;
    if (method === "Target.targetCreated" && target?.type === "page") admit(target);
    if (method === "Target.targetInfoChanged" && target && target.targetId === page) follow(target.url);
    if (method === "Target.targetCrashed" && params["targetId"] === page) onFail("the page's process ended");
    if (method === "Target.attachedToTarget")
      pipe.send("Fetch.enable", { patterns: [{ resourceType: "Document" }] }, params["sessionId"] as string);
    if (method === "Fetch.requestPaused") judge(params as unknown as Request, sessionId);
  });
  const admit = ({ targetId }: Target) => {
    if (page !== undefined) return pipe.send("Target.closeTarget", { targetId });
    page = targetId;
    pipe.send("Target.attachToTarget", { targetId, flatten: true });
    onShown();
  };
  /** An aborted navigation leaves the page as it is; a failed one would show an error in its place. */
  const judge = ({ requestId, request }: Request, sessionId: string | undefined) =>
    isOwn(request.url)
      ? pipe.send("Fetch.continueRequest", { requestId }, sessionId)
      : pipe.send("Fetch.failRequest", { requestId, errorReason: "Aborted" }, sessionId);
  const follow = (url: string) => {
    if (url !== "" && url !== "about:blank" && !isOwn(url)) onFail("the page was left");
  };
  // What is not granted here is refused, without a question on the screen.
  pipe.send("Browser.grantPermissions", { origin, permissions: hasCamera ? ["videoCapture"] : [] });
  pipe.send("Browser.setDownloadBehavior", { behavior: "deny" });
  pipe.send("Target.setDiscoverTargets", { discover: true });
}
