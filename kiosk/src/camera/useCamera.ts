import { superviseCamera, type Camera, type CameraState } from "@vitrine/vision";
import { useEffect, useState } from "preact/hooks";

/** 720p the way the panel stands; as the camera has it, since cropping takes what she wants to see. */
function wantedPicture(): MediaTrackConstraints & { resizeMode: string } {
  const isPortrait = innerHeight > innerWidth;
  return {
    width: { ideal: isPortrait ? 720 : 1280 },
    height: { ideal: isPortrait ? 1280 : 720 },
    frameRate: { ideal: 30 },
    resizeMode: "none",
  };
}

/** The camera, for as long as it is wanted: its track is stopped when it is not. */
export function useCamera(isWanted: boolean): { state: CameraState; stream: MediaStream | undefined } {
  const [camera] = useState<Camera>(() => superviseCamera({ constraints: wantedPicture() }));
  const [state, setState] = useState(camera.state);
  useEffect(() => camera.onChange(setState), [camera]);
  useEffect(() => {
    if (!isWanted) return undefined;
    camera.start();
    return () => camera.stop();
  }, [camera, isWanted]);
  return { state, stream: state.kind === "off" ? undefined : camera.stream };
}
