import { toBase64Url } from "../clips/base64Url.ts";

/** Enough for a row of a list on a phone, in pixels. */
const HEIGHT = 240;
const QUALITY = 0.8;

/** Of a drawing that says no size of its own. */
const PORTRAIT = 3 / 4;

/**
 * A garment's picture as a small JPEG, base64url; undefined where it does not load, or comes from a shop that does not
 * let its pixels be read.
 */
export async function smallPicture(source: string): Promise<string | undefined> {
  try {
    const image = new Image();
    image.src = source;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const canvas = document.createElement("canvas");
    canvas.height = HEIGHT;
    canvas.width = Math.round(HEIGHT * (width && height ? width / height : PORTRAIT));
    const brush = canvas.getContext("2d")!;
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    return blob ? toBase64Url(new Uint8Array(await blob.arrayBuffer())) : undefined;
  } catch {
    return undefined; // the list is a list without it
  }
}
