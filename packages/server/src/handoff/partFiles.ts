import { mkdirSync, readdirSync, statSync } from "node:fs";
import { open, readdir, rename, rmdir, statfs } from "node:fs/promises";
import { join } from "node:path";
import { HttpProblem } from "../http/problem.ts";
import { BEGINNING_BYTES, looksReadable } from "./looksReadable.ts";
import { shredFile } from "./shredFile.ts";

/** Sealed parts as files: a folder for each hand-off, a file for each part. Never in the database, whose pages outlive a deletion. */
export interface PartFiles {
  path(id: string, n: number): string;
  /** True when the part is here whole. */
  has(id: string, n: number, bytes: number): boolean;
  /**
   * Writes a part of exactly `bytes` and flushes it; a part is there whole or not at all.
   * @throws HttpProblem 400 `incomplete`, 413 `too_large`, 422 `not_sealed`, 507 `no_room`
   */
  write(part: { id: string; n: number; bytes: number }, body: AsyncIterable<Buffer>): Promise<void>;
  /** Overwrites and removes a folder and all in it. */
  shred(id: string): Promise<void>;
  /** Ids of the folders that are here. */
  ids(): string[];
  freeBytes(): Promise<number>;
}

/** Opens the folder. */
export function openPartFiles(folder: string): PartFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = (id: string, n: number) => join(folder, id, String(n));
  let writes = 0;
  return {
    path,
    has: (id, n, bytes) => statSync(path(id, n), { throwIfNoEntry: false })?.size === bytes,
    async write({ id, n, bytes }, body) {
      mkdirSync(join(folder, id), { recursive: true, mode: 0o700 });
      const draft = `${path(id, n)}.${++writes}.part`;
      try {
        await writeWhole(draft, bytes, body);
        await rename(draft, path(id, n));
        await flushFolder(join(folder, id));
      } catch (error) {
        await shredFile(draft);
        throw isFull(error) ? noRoom() : error;
      }
    },
    async shred(id) {
      try {
        for (const name of await readdir(join(folder, id))) await shredFile(join(folder, id, name));
        await rmdir(join(folder, id));
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        // Gone already, or a part is still being written, whose writer takes it away.
        if (code !== "ENOENT" && code !== "ENOTEMPTY") throw error;
      }
    },
    ids: () => readdirSync(folder),
    async freeBytes() {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
  };
}

/** Tells that there is no room for another hand-off now. */
export const noRoom = (): HttpProblem =>
  new HttpProblem(
    507,
    "no_room",
    "There is no room for another hand-off now; earlier ones end within ten minutes.",
    {
      "Retry-After": "60",
    },
  );

async function writeWhole(path: string, bytes: number, body: AsyncIterable<Buffer>): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    let beginning: Buffer = Buffer.alloc(0);
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > bytes) throw tooLarge(bytes);
      if (beginning.length < BEGINNING_BYTES)
        beginning = Buffer.concat([beginning, chunk.subarray(0, BEGINNING_BYTES)]);
      if (looksReadable(beginning)) throw notSealed();
      await file.appendFile(chunk);
    }
    if (size < bytes)
      throw new HttpProblem(400, "incomplete", `The part ended early: it has ${bytes} bytes.`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A name is durable when its folder is. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const isFull = (error: unknown): boolean =>
  ["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException).code ?? "");

const tooLarge = (bytes: number) =>
  new HttpProblem(413, "too_large", `The part has ${bytes} bytes, as it was said to have.`, {
    Connection: "close",
  });

const notSealed = () =>
  new HttpProblem(422, "not_sealed", "This is a readable picture or film; only sealed parts are kept here.");
