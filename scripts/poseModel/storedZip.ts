import { crc32 } from "node:zlib";

/** One file of the archive. */
export interface Entry {
  name: string;
  data: Uint8Array;
}

/** Where MediaPipe maps a model into memory from: its data has to start on such a boundary. */
const ALIGNMENT = 16;
const LOCAL_HEADER = 30;
/** Field id under which archive tools know padding ("Android ZIP alignment extra field"). */
const PADDING_FIELD = 0xd935;
const VERSION = 20;
/** 1980-01-01, the first day a zip can name, so that equal inputs give equal bytes. */
const FIRST_DATE = 0x21;

/** Packs files uncompressed into a zip; each one's data starts aligned, and equal input gives equal bytes. */
export function storedZip(entries: readonly Entry[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const fileName = Buffer.from(name);
    const facts = describe(fileName, data);
    const extra = padding(offset + LOCAL_HEADER + fileName.length);
    directory.push(centralEntry(facts, offset), fileName);
    parts.push(localHeader(facts, extra.length), fileName, extra, Buffer.from(data));
    offset += LOCAL_HEADER + fileName.length + extra.length + data.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...parts, central, endRecord(entries.length, central.length, offset)]);
}

/** What both headers of an entry say alike: version, flags, method 0 (stored), time, date, checksum, sizes, length of the name. */
function describe(fileName: Buffer, data: Uint8Array): Buffer {
  const facts = Buffer.alloc(24);
  facts.writeUInt16LE(VERSION, 0);
  facts.writeUInt16LE(FIRST_DATE, 8);
  facts.writeUInt32LE(crc32(data), 10);
  facts.writeUInt32LE(data.length, 14);
  facts.writeUInt32LE(data.length, 18);
  facts.writeUInt16LE(fileName.length, 22);
  return facts;
}

/** An extra field that moves what starts at `position` to the next boundary; its own head takes 4 bytes. */
function padding(position: number): Buffer {
  const missing = (ALIGNMENT - (position % ALIGNMENT)) % ALIGNMENT;
  if (missing === 0) return Buffer.alloc(0);
  const extra = Buffer.alloc(missing < 4 ? missing + 4 : missing);
  extra.writeUInt16LE(PADDING_FIELD, 0);
  extra.writeUInt16LE(extra.length - 4, 2);
  return extra;
}

function localHeader(facts: Buffer, extraLength: number): Buffer {
  const header = Buffer.alloc(LOCAL_HEADER);
  header.writeUInt32LE(0x04034b50, 0);
  facts.copy(header, 4);
  header.writeUInt16LE(extraLength, 28);
  return header;
}

function centralEntry(facts: Buffer, offset: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(VERSION, 4);
  facts.copy(entry, 6);
  entry.writeUInt32LE(offset, 42);
  return entry;
}

function endRecord(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
