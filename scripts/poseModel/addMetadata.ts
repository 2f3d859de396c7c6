// A TFLite file is a FlatBuffer whose offsets all point forwards, so a new root can be put in front of it and point into
// what was there: nothing of the model itself is read, moved or written anew.

/** Fields of a TFLite `Model` table, by their number in `schema.fbs`. */
const FIELDS = 8;
const VERSION = 0;
const BUFFERS = 4;
const METADATA = 6;
/** Operator codes, subgraphs, description, signatures: taken over as they are. The old `metadata_buffer` (5) is left out. */
const KEPT = [1, 2, 3, 7];
const METADATA_NAME = "TFLITE_METADATA";

/** The file so far must stay on the boundary its own buffers were aligned to. */
const PREFIX_ALIGNMENT = 64;
const DATA_ALIGNMENT = 16;

/** Gives a TFLite model this metadata, as MediaPipe's tasks look for it: a buffer, and an entry that names it. */
export function addMetadata(model: Buffer, metadata: Uint8Array): Buffer {
  const old = readRoot(model);
  const layout = layOut(old.buffers.length, old.metadata.length, metadata.length);
  const prefix = Buffer.alloc(layout.end);
  const writer = new Writer(prefix);
  const moved = (position: number): number => position + layout.end;

  writer.offset(0, layout.root);
  prefix.write("TFL3", 4, "latin1");
  writeRoot(writer, layout, { old, moved });
  writer.vector(layout.buffers, [...old.buffers.map(moved), layout.buffer]);
  writer.vector(layout.metadata, [...old.metadata.map(moved), layout.entry]);

  writer.table(layout.buffer, layout.bufferShape, { bytes: 8, distances: [4] });
  writer.offset(layout.buffer + 4, layout.data);
  writer.table(layout.entry, layout.entryShape, { bytes: 12, distances: [4, 8] });
  writer.offset(layout.entry + 4, layout.name);
  prefix.writeUInt32LE(old.buffers.length, layout.entry + 8);

  prefix.writeUInt32LE(METADATA_NAME.length, layout.name);
  prefix.write(METADATA_NAME, layout.name + 4, "latin1");
  prefix.writeUInt32LE(metadata.length, layout.data);
  prefix.set(metadata, layout.data + 4);
  return Buffer.concat([prefix, model]);
}

interface OldRoot {
  version: number;
  /** Position of what a kept field points at; 0 where it is absent. */
  kept: Map<number, number>;
  /** Positions of the tables in these two vectors. */
  buffers: number[];
  metadata: number[];
}

function readRoot(model: Buffer): OldRoot {
  const root = model.readUInt32LE(0);
  const shape = root - model.readInt32LE(root);
  const shapeSize = model.readUInt16LE(shape);
  const target = (position: number): number => position + model.readUInt32LE(position);
  const fieldAt = (field: number): number => {
    const slot = 4 + 2 * field;
    const distance = slot < shapeSize ? model.readUInt16LE(shape + slot) : 0;
    return distance && root + distance;
  };
  const pointed = (field: number): number => fieldAt(field) && target(fieldAt(field));
  const tables = (vector: number): number[] =>
    vector ? Array.from({ length: model.readUInt32LE(vector) }, (_, i) => target(vector + 4 + 4 * i)) : [];
  const version = fieldAt(VERSION);
  return {
    version: version && model.readUInt32LE(version),
    kept: new Map(KEPT.map((field) => [field, pointed(field)])),
    buffers: tables(pointed(BUFFERS)),
    metadata: tables(pointed(METADATA)),
  };
}

type Layout = Record<
  | "rootShape"
  | "root"
  | "buffers"
  | "metadata"
  | "bufferShape"
  | "buffer"
  | "entryShape"
  | "entry"
  | "name"
  | "data"
  | "end",
  number
>;

const alignUp = (position: number, alignment: number): number => Math.ceil(position / alignment) * alignment;

/** Positions of everything in the prefix, in the order in which it is read. */
function layOut(buffers: number, metadata: number, metadataBytes: number): Layout {
  let end = 8;
  const place = (bytes: number, alignment = 4): number => {
    const position = alignUp(end, alignment);
    end = position + bytes;
    return position;
  };
  const rootShape = place(4 + 2 * FIELDS, 2);
  const root = place(4 + 4 * FIELDS);
  const bufferVector = place(4 + 4 * (buffers + 1));
  const metadataVector = place(4 + 4 * (metadata + 1));
  const bufferShape = place(6, 2);
  const buffer = place(8);
  const entryShape = place(8, 2);
  const entry = place(12);
  const name = place(4 + METADATA_NAME.length + 1);
  // Not the length in front of them but the bytes themselves are aligned.
  end = alignUp(end + 4, DATA_ALIGNMENT) - 4;
  const data = place(4 + metadataBytes, 1);
  return {
    rootShape,
    root,
    buffers: bufferVector,
    metadata: metadataVector,
    bufferShape,
    buffer,
    entryShape,
    entry,
    name,
    data,
    end: alignUp(end, PREFIX_ALIGNMENT),
  };
}

function writeRoot(
  writer: Writer,
  layout: Layout,
  { old, moved }: { old: OldRoot; moved: (position: number) => number },
): void {
  const present = new Map<number, number>([
    [BUFFERS, layout.buffers],
    [METADATA, layout.metadata],
  ]);
  for (const [field, position] of old.kept) if (position) present.set(field, moved(position));
  const distances = Array.from({ length: FIELDS }, (_, field) =>
    field === VERSION || present.has(field) ? 4 + 4 * field : 0,
  );
  writer.table(layout.root, layout.rootShape, { bytes: 4 + 4 * FIELDS, distances });
  writer.bytes.writeUInt32LE(old.version, layout.root + 4);
  for (const [field, position] of present) writer.offset(layout.root + 4 + 4 * field, position);
}

/** FlatBuffer's notation: a table points back at its shape, everything else is a distance forwards. */
class Writer {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  offset(at: number, to: number): void {
    this.bytes.writeUInt32LE(to - at, at);
  }

  vector(at: number, items: readonly number[]): void {
    this.bytes.writeUInt32LE(items.length, at);
    for (const [i, item] of items.entries()) this.offset(at + 4 + 4 * i, item);
  }

  /** Writes a table's shape (its size, each field's distance from its start, 0 for absent) and the way back to it. */
  table(
    at: number,
    shape: number,
    { bytes, distances }: { bytes: number; distances: readonly number[] },
  ): void {
    this.bytes.writeInt32LE(at - shape, at);
    this.bytes.writeUInt16LE(4 + 2 * distances.length, shape);
    this.bytes.writeUInt16LE(bytes, shape + 2);
    for (const [i, distance] of distances.entries()) this.bytes.writeUInt16LE(distance, shape + 4 + 2 * i);
  }
}
