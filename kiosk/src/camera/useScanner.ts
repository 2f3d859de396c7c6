import { parseScannedCode } from "@vitrine/core";
import { openScanStream, type ScanStream } from "@vitrine/vision";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { OnFrame } from "./watchFrames.ts";

/** Where the scan worker and its reader lie, beside the page. */
const SCAN = { workerUrl: "scan-worker.js", assetsUrl: "vision/" };

/**
 * Reads the label that is held before the camera, while it is wanted. Only a product's number is taken out of a code;
 * an address in it is never visited.
 * @returns the number, and where frames are to be handed
 */
export function useScanner(isOn: boolean): { scanned: string | undefined; offer: OnFrame } {
  const [scanned, setScanned] = useState<string>();
  const stream = useRef<ScanStream | undefined>(undefined);
  useEffect(() => {
    if (!isOn) return undefined;
    setScanned(undefined);
    const opened = openScanStream({
      ...SCAN,
      onCode: ({ text, format }) => {
        const code = parseScannedCode(text, format);
        if (code.kind === "product") setScanned(code.gtin);
        if (code.kind === "in_store") setScanned(code.number);
      },
    });
    stream.current = opened;
    return () => {
      stream.current = undefined;
      opened.close();
    };
  }, [isOn]);
  const offer = useCallback<OnFrame>((video, at) => {
    stream.current?.offer(new VideoFrame(video, { timestamp: Math.round(at * 1000) }));
  }, []);
  return { scanned, offer };
}
