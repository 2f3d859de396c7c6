import type { CameraState } from "@vitrine/vision";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Person } from "../camera/usePerson.ts";
import { useClips } from "../clips/Clips.ts";
import type { RecordingEnd } from "../clips/recordClip.ts";
import type { Mirror, MirrorEvent, Notice } from "../session/session.ts";
import { recordLook, type Take } from "./recordLook.ts";

type Failure = RecordingEnd & { kind: "failed" };

/** Lets takes follow what is seen and shown. */
export interface Takes {
  see: (person: Person) => void;
  show: (video: HTMLVideoElement) => void;
}

/** Records while the session says so, and tells it what came of it. */
export function useTakes(
  mirror: Mirror,
  camera: { state: CameraState; stream: MediaStream | undefined },
  send: (event: MirrorEvent) => void,
): Takes {
  const store = useClips();
  const video = useRef<HTMLVideoElement | undefined>(undefined);
  const current = useRef<Promise<Take> | undefined>(undefined);
  const open = useRef<Take | undefined>(undefined);
  const step = mirror.kind === "open" ? mirror.session.take?.step : undefined;
  useEffect(() => {
    if (step === "recording" && camera.stream && video.current) {
      current.current = recordLook(camera.stream, video.current, store);
      const follow = async (starting: Promise<Take>) => {
        const take = (open.current = await starting);
        const end = await take.ended;
        // A light that stays on would say that it still records.
        if (open.current === take && end.kind === "failed") send(failed(end));
      };
      follow(current.current).catch(() => send({ type: "failed", notice: "take_failed" }));
      return;
    }
    const take = current.current;
    [current.current, open.current] = [undefined, undefined];
    if (step === "keeping") void keep(take).then(send);
    else void take?.then((opened) => opened.cancel()).catch(() => {}); // it never began, and was told
  }, [step]);
  const isLost = camera.state.kind !== "live" && camera.state.kind !== "starting";
  useEffect(() => {
    if (isLost && step && step !== "keeping") send({ type: "failed", notice: "camera_lost" });
  }, [isLost, step, send]);
  return useMemo(
    () => ({
      see: (person) => void (person.who !== "nobody" && open.current?.see(person.at, person.pose)),
      show: (element) => void (video.current = element),
    }),
    [],
  );
}

/** What is said of why there is no look. */
const NOTICES: Record<Failure["reason"], Notice> = {
  disk_full: "disk_full",
  storage: "storage_failed",
  recorder: "take_failed",
  cancelled: "take_failed",
};

const failed = ({ reason }: Failure): MirrorEvent => ({ type: "failed", notice: NOTICES[reason] });

/** What came of a take. Never rejects. */
async function keep(take: Promise<Take> | undefined): Promise<MirrorEvent> {
  try {
    const kept = await (await take)?.keep();
    if (kept && "clip" in kept) return { type: "recorded", look: kept };
    return kept ? failed(kept) : { type: "failed", notice: "take_failed" };
  } catch {
    return { type: "failed", notice: "take_failed" };
  }
}
