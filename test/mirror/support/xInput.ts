import { connect, type Socket } from "node:net";

/** Keyboard and mouse of an X display, as hardware has them: a browser cannot tell these from a shopper's. */
export interface XInput {
  /** Presses keys together, in this order, and releases them. Names as in {@link KEYS}. */
  press(...keys: KeyName[]): Promise<void>;
  /** Types as a hand-held scanner does: all keys in one go, and Enter. */
  scan(text: string): Promise<void>;
  /** Clicks a button (1 left, 3 right) at a point of the screen. */
  click(x: number, y: number, button?: number): Promise<void>;
  close(): void;
}

/** Key codes of the usual PC keyboard, as Linux's evdev numbers them for X. */
const KEYS = {
  ...{ 1: 10, 2: 11, 3: 12, 4: 13, 5: 14, 6: 15, 7: 16, 8: 17, 9: 18 },
  ...{ e: 26, y: 29, k: 45, semicolon: 47, z: 52, x: 53, c: 54, b: 56, period: 60, slash: 61 },
  ...{
    Escape: 9,
    "0": 19,
    minus: 20,
    equal: 21,
    BackSpace: 22,
    Tab: 23,
    w: 25,
    r: 27,
    t: 28,
    u: 30,
    i: 31,
    o: 32,
  },
  ...{
    p: 33,
    Return: 36,
    Control: 37,
    a: 38,
    s: 39,
    d: 40,
    f: 41,
    g: 42,
    h: 43,
    j: 44,
    l: 46,
    Shift: 50,
    v: 55,
  },
  ...{
    n: 57,
    m: 58,
    Alt: 64,
    space: 65,
    F1: 67,
    F3: 69,
    F4: 70,
    F5: 71,
    F6: 72,
    F7: 73,
    F10: 76,
    F11: 95,
    F12: 96,
  },
  ...{ q: 24, Print: 107, Home: 110, Left: 113, Right: 114, Delete: 119, Super: 133, Menu: 135, Back: 166 },
  ...{ Forward: 167, Reload: 181, HomePage: 180, Mail: 163, Search: 225 },
} as const;

/** A key that can be pressed. */
export type KeyName = keyof typeof KEYS;

const PRESS = 2;
const RELEASE = 3;
const BUTTON_PRESS = 4;
const BUTTON_RELEASE = 5;
const MOTION = 6;

/** What stands on a label beside letters and digits, and the keys that make it. */
const SIGNS: Record<string, KeyName[]> = {
  "/": ["slash"],
  ".": ["period"],
  "-": ["minus"],
  ":": ["Shift", "semicolon"],
};

function keysOf(character: string): KeyName[] {
  if (character in KEYS) return [character as KeyName];
  const keys = SIGNS[character];
  if (!keys) throw new Error(`No key makes a ${character} here.`);
  return keys;
}

/** Connects to a display without authority, as ours are, and finds its XTEST extension. @see X11 protocol, XTEST 2.2 */
export async function openXInput(display: string): Promise<XInput> {
  const socket = connect(`/tmp/.X11-unix/X${display.slice(1)}`);
  const read = reader(socket);
  // Little endian, protocol 11.0, no authority.
  socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  const head = await read(8);
  await read(head.readUInt16LE(6) * 4);
  if (head[0] !== 1) throw new Error("The display refused the connection.");
  socket.write(queryExtension("XTEST"));
  const opcode = (await read(32))[9]!;

  /** Waits until the server has done all that was sent: it answers in order. */
  const settle = async () => {
    socket.write(Buffer.from([43, 0, 1, 0]));
    await read(32);
  };
  const fake = (type: number, detail: number, x = 0, y = 0) => {
    const request = Buffer.alloc(36);
    request.set([opcode, 2, 9, 0, type, detail]);
    request.writeInt16LE(x, 24);
    request.writeInt16LE(y, 26);
    socket.write(request);
  };
  const strike = (keys: readonly KeyName[]) => {
    for (const key of keys) fake(PRESS, KEYS[key]);
    for (const key of keys.toReversed()) fake(RELEASE, KEYS[key]);
  };
  return {
    async press(...keys) {
      strike(keys);
      await settle();
    },
    async scan(text) {
      socket.cork();
      for (const character of text) strike(keysOf(character));
      strike(["Return"]);
      socket.uncork();
      await settle();
    },
    async click(x, y, button = 1) {
      fake(MOTION, 0, x, y);
      fake(BUTTON_PRESS, button);
      fake(BUTTON_RELEASE, button);
      await settle();
    },
    close: () => socket.destroy(),
  };
}

function queryExtension(name: string): Buffer {
  const padded = Math.ceil(name.length / 4) * 4;
  const request = Buffer.alloc(8 + padded);
  request.set([98, 0, 2 + padded / 4, 0, name.length]);
  request.write(name, 8, "latin1");
  return request;
}

/** Reads so many bytes from the stream, whatever its parts are. */
function reader(socket: Socket): (count: number) => Promise<Buffer> {
  return async (count) => {
    for (;;) {
      const part = socket.read(count) as Buffer | null;
      if (part) return part;
      await new Promise<void>((resolve, reject) => {
        socket.once("readable", resolve);
        socket.once("error", reject);
      });
    }
  };
}
