import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseSealedEvent, type SealedEvent, type Writer } from "@vitrine/core";
import { replaceFile } from "../replaceFile.ts";

/** A stored event, as its file's name tells of it. */
export interface StoredEvent {
  file: string;
  writer: Writer;
}

/** Events on the disk: one small file each, written whole or not at all. */
export interface EventFolder {
  /** Oldest first. */
  list(): readonly StoredEvent[];
  /** Durable when it returns. @throws Error when the disk cannot take it */
  add(event: SealedEvent): void;
  /** Undefined for a file that is gone, torn or was altered. @throws Error when the disk cannot be read: it may be able to later */
  read(stored: StoredEvent): SealedEvent | undefined;
  remove(stored: readonly StoredEvent[]): void;
}

/** Place in the order, writer, number. */
const NAME = /^(\d{12})\.([\w-]{1,22})\.(\d{1,15})\.event$/;

/** Opens the folder. What was still being written when the last process ended was promised to nobody, and goes. */
export function openEventFolder(folder: string): EventFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = readdirSync(folder).sort();
  for (const name of names) if (name.endsWith(".event.new")) rmSync(join(folder, name), { force: true });
  let list = names.flatMap(readName);
  let place = Number(list.at(-1)?.file.slice(0, 12) ?? 0);
  return {
    list: () => list,
    add(event) {
      const { writer } = event;
      const file = `${String(++place).padStart(12, "0")}.${writer.id}.${writer.seq}.event`;
      const text = JSON.stringify(event);
      replaceFile(join(folder, file), `${digestOf(text)}\n${text}`);
      list.push({ file, writer });
    },
    read({ file, writer }) {
      const [digest, text = ""] = readText(join(folder, file)).split("\n");
      // Nothing is judged that was not written so: a mistake of this program must cost no event.
      if (digest !== digestOf(text)) return undefined;
      const event = parseSealedEvent(parseJson(text));
      return event?.writer.id === writer.id && event.writer.seq === writer.seq ? event : undefined;
    },
    remove(stored) {
      const gone = new Set(stored.map(({ file }) => file));
      list = list.filter(({ file }) => !gone.has(file));
      for (const file of gone) rmSync(join(folder, file), { force: true });
    },
  };
}

function readName(file: string): StoredEvent[] {
  const [, , id, seq] = NAME.exec(file) ?? [];
  return id === undefined ? [] : [{ file, writer: { id, seq: Number(seq) } }];
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const digestOf = (text: string): string => createHash("sha256").update(text).digest("base64url");
