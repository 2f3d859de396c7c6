import type { Ruleset } from "@vitrine/core";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { useForget } from "../comfort/useForget.ts";
import { offersOf, type Offer } from "../offers/offersOf.ts";
import { useRules } from "../offers/useRules.ts";
import { useWedge } from "../scan/useWedge.ts";
import { createServer, type Server } from "../server/server.ts";
import { useLease } from "../server/useLease.ts";
import type { Command, Shell } from "../shell.ts";
import { useStrings } from "../strings/languages.ts";
import { useTryOnEvents, type TrackTryOn } from "../tryOns/useTryOnEvents.ts";
import type { Session, Timing } from "./session.ts";
import { useEnding } from "./useEnding.ts";
import { useEscape } from "./useEscape.ts";
import { useMirror, type Running } from "./useMirror.ts";
import { useTouch } from "./useTouch.ts";

/** A mirror at work, in every build. */
export interface RunningSession extends Running {
  server: Server;
  begin: () => void;
  /** The shop is closed: everything is dark. */
  isNight: boolean;
  track: TrackTryOn;
  /** The shop's rules, once there are some. */
  rules: Ruleset | undefined;
  /** What they show of what her phone lent. */
  offers: readonly Offer[];
}

/**
 * Hangs the session machine together with the shell, the server, the shopper's hand and her scanner.
 * @param destroy removes what this build keeps of a session; never rejects
 */
export function useSession(
  shell: Shell,
  timing: Timing,
  destroy: (session: Session) => Promise<void>,
): RunningSession {
  const [server] = useState(() => createServer(shell));
  const running = useMirror(timing);
  const { mirror, send } = running;
  const [isNight, setNight] = useState(false);
  const begin = useCallback(() => send({ type: "begin", id: crypto.randomUUID() }), [send]);
  useTouch(send);
  useEscape(mirror, send);
  useForget(mirror);
  useWedge(mirror, begin, send);
  useLease(server, mirror, send);
  useEnding(shell, server, mirror, timing, send, destroy);
  useEffect(
    () =>
      shell.onCommand((command: Command) => {
        if (command === "night" || command === "day") setNight(command === "night");
        if (command === "wipe") send({ type: "done", why: "command" });
      }),
    [shell, send],
  );
  const track = useTryOnEvents(shell, mirror);
  const { tag } = useStrings();
  const lease = mirror.kind === "open" ? mirror.session.lease : undefined;
  const rules = useRules(shell, server, lease?.id);
  const offers = useMemo(() => offersOf(rules, lease, tag, Date.now()), [rules, lease, tag]);
  return { ...running, server, begin, isNight, track, rules, offers };
}
