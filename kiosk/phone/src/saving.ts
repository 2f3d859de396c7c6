import type { Look } from "./Look.ts";

/** What a phone says of itself. */
export type Phone = Pick<Navigator, "userAgent" | "maxTouchPoints">;

/** iPads call themselves Macs, which have no touch screen. */
const isApple = ({ userAgent, maxTouchPoints }: Phone): boolean =>
  /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);

/** Browsers inside other apps, which often keep no files. */
const isInApp = ({ userAgent }: Phone): boolean =>
  /MicroMessenger|Instagram|FBAN|FBAV|Line\/|TikTok|Snapchat|WhatsApp|LinkedInApp/.test(userAgent);

/** What this phone cannot do with what it takes: `in_app`: perhaps save at all; `photos`: put a WebM among its photos. */
export function limitOf(phone: Phone, mimeType: string): "in_app" | "photos" | undefined {
  if (isInApp(phone)) return "in_app";
  return isApple(phone) && mimeType.startsWith("video/webm") ? "photos" : undefined;
}

/** The look as a file with a name that says what it is. */
export function fileOf({ index, details, mimeType }: Look, film: Blob): File {
  const [type = mimeType] = mimeType.split(";");
  const words = [`look ${index + 1}`, details.article?.name ?? ""].join(" ").toLowerCase();
  const name = words.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "");
  return new File([film], `${name}.${type === "video/mp4" ? "mp4" : "webm"}`, { type });
}

/** Hands a file to the browser's downloads. */
export function save(file: File): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  // The browser reads it after the click; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** True where the phone's own share sheet takes such a file. */
export const canShare = (file: File): boolean => navigator.canShare?.({ files: [file] }) ?? false;

/** Opens the share sheet. Closing it is no failure. */
export async function share(file: File): Promise<void> {
  try {
    await navigator.share({ files: [file] });
  } catch (error) {
    if ((error as DOMException).name !== "AbortError") throw error;
  }
}
