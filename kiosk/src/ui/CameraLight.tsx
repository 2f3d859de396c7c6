import { useStrings } from "../strings/languages.ts";

/** Says that the camera is on, for as long as its track really is. */
export function CameraLight() {
  const words = useStrings();
  return (
    <p class="camera-light">
      <span aria-hidden="true" />
      {words.cameraLight}
    </p>
  );
}
