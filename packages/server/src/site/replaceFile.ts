import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Writes all of the new text or leaves all of the old, after a power cut too. Only this user may read it. */
export function replaceFile(file: string, text: string): void {
  const draft = openSync(`${file}.new`, "w", 0o600);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(draft, bytes, at);
    fsyncSync(draft);
  } finally {
    closeSync(draft);
  }
  renameSync(`${file}.new`, file);
  flushFolder(dirname(file));
}

/** Makes what a folder lists outlive a power cut. Systems that cannot open a folder do that by themselves. */
function flushFolder(folder: string): void {
  let handle: number;
  try {
    handle = openSync(folder, "r");
  } catch {
    return;
  }
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
