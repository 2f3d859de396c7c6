import { fileURLToPath } from "node:url";
import type { FaultRow, Outcome } from "../support/FaultRow.ts";
import { closedNetworkUnavailable, runInClosedNetwork } from "../support/mirror/closedNetwork.ts";
import { noMirror } from "../support/mirror/mirrorStage.ts";

const SESSION = fileURLToPath(new URL("../support/mirror/closedSession.ts", import.meta.url));

const run = (way: "stay" | "home") => (): Promise<Outcome> => runInClosedNetwork(SESSION, [way]);

/** A mirror that can reach its server alone, by a way on which every byte is read. */
export const nothingLeaves: FaultRow = {
  id: "E8",
  about: "a shopper records, compares and goes; nothing of her pictures leaves the mirror",
  trials: { ci: 1, full: 20 },
  run: run("stay"),
  control: {
    about: "where she takes her looks home, and the seal seals nothing",
    trials: { ci: 1, full: 2 },
    run: run("home"),
  },
  unavailable: async () => (await noMirror()) ?? closedNetworkUnavailable(),
};
