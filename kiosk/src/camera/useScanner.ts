import { openScanStream, type ScanStream } from "@vitrine/vision";
import { useCallback, useEffect, useRef } from "preact/hooks";
import { readScan } from "../scan/readScan.ts";
import type { SharedEvent } from "../session/session.ts";
import type { OnFrame } from "./watchFrames.ts";

/** Where the scan worker and its reader lie, beside the page. */
const SCAN = { workerUrl: "scan-worker.js", assetsUrl: "vision/" };

/**
 * Reads the label that is held before the camera, while it is wanted.
 * @returns where frames are to be handed
 */
export function useScanner(isOn: boolean, send: (event: SharedEvent) => void): OnFrame {
  const stream = useRef<ScanStream | undefined>(undefined);
  useEffect(() => {
    if (!isOn) return undefined;
    const opened = openScanStream({
      ...SCAN,
      onCode: ({ text, format }) => send({ type: "scanned", scan: readScan(text, format) }),
    });
    stream.current = opened;
    return () => {
      stream.current = undefined;
      opened.close();
    };
  }, [isOn, send]);
  return useCallback<OnFrame>((video, at) => {
    stream.current?.offer(new VideoFrame(video, { timestamp: Math.round(at * 1000) }));
  }, []);
}
