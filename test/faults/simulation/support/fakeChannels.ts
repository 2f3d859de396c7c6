import { clone } from "./clone.ts";
import type { Lane, Machine, Process } from "./machine.ts";

/** The one broadcast channel of an origin. */
export interface FakeChannels {
  open: (process: Process) => BroadcastChannel;
  abandon: (process: Process) => void;
}

/** One end of it. */
interface End {
  process: Process;
  handlers: ((event: { data: unknown }) => void)[];
  /** Messages on their way here, by the end that sent them: what one sends arrives in order. */
  inbox: Map<End, Lane>;
}

/** Creates the channel. */
export function createFakeChannels(machine: Machine): FakeChannels {
  const ends = new Set<End>();

  const send = (from: End, data: unknown) => {
    if (from.process.state === "dead") return;
    for (const to of ends) {
      if (to === from) continue;
      const lane = to.inbox.get(from) ?? machine.lane(to.process, true);
      to.inbox.set(from, lane);
      const copy = clone(data);
      const deliver = () => {
        if (ends.has(to)) for (const handler of to.handlers) handler({ data: copy });
      };
      machine.post(lane, deliver, machine.delayMs("message"));
    }
  };

  return {
    open: (process) => {
      const end: End = { process, handlers: [], inbox: new Map() };
      ends.add(end);
      return {
        postMessage: (data: unknown) => send(end, data),
        addEventListener: (_: string, handler: End["handlers"][0]) => void end.handlers.push(handler),
        close: () => void ends.delete(end),
      } as unknown as BroadcastChannel;
    },
    abandon: (process) => {
      for (const end of ends) if (end.process === process) ends.delete(end);
    },
  };
}
