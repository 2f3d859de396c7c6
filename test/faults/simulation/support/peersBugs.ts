import type { Mutation } from "./mutant.ts";

/** A bug that a peer had, put into our sources. */
export interface PeersBug {
  name: string;
  mutations: Mutation[];
}

/** Bugs that were found in peers, each as the smallest change of our sources that brings it back. */
export const PEERS_BUGS: PeersBug[] = [
  {
    name: "Workbox: removed from the store before it was sent",
    mutations: [
      {
        file: "sync/sender.ts",
        from: "    const answer: Answer = await engine\n",
        to: `    await engine._commit(rows.map(({ messageId }): Change => ["outbox", messageId])).catch(() => {});
    const answer: Answer = await engine\n`,
      },
      {
        file: "sync/sender.ts",
        from: "    engine._cancel(timeout);\n",
        to: `    engine._cancel(timeout);
    if (answer.kind !== "taken")
      await engine._commit(rows.map((row): Change => ["outbox", row.messageId, row])).catch(() => {});\n`,
      },
    ],
  },
  {
    name: "Snowplow: acknowledged by position while the store evicts",
    mutations: [
      {
        file: "outbox/outbox.ts",
        from: `      for (const result of results) {
        const row = engine._rows.get(result.messageId);`,
        to: `      const oldest = [...engine._rows.values()];
      batch = oldest.slice(0, batch.length);
      for (const [at, result] of results.entries()) {
        const row = oldest[at];`,
      },
    ],
  },
  {
    name: "localstorage-retry: another tab's queue reclaimed while its owner still sends, under new ids",
    mutations: [
      {
        file: "outbox/outbox.ts",
        from: "    _adopt: ({ _outbox, _tail, _kv }, isBack) => {\n",
        to: `    _adopt: ({ _outbox, _tail, _kv }, isBack) => {
      if (engine._phase === "boot") {
        const digits = Array.from(engine._random(6), (byte) => (byte % 10).toString()).join("");
        const taken: Change[] = [];
        _outbox = _outbox.map((row) => {
          const messageId = row.messageId.slice(0, -6) + digits;
          const writer = row.writer.slice(0, -6) + digits;
          const text = row.text.replace(row.messageId, messageId).replace(row.writer, writer);
          const mine = { ...row, messageId, writer, text };
          taken.push(["outbox", row.messageId], ["outbox", messageId, mine]);
          return mine;
        });
        void engine._commit(taken).catch(() => {});
      }\n`,
      },
    ],
  },
  {
    name: "PostHog: one oversized beacon at pagehide, taken as sent",
    mutations: [
      {
        file: "sync/sender.ts",
        from: "      const rows = takeRows([...engine._rows.values()].filter((row) => row.device === device));\n",
        to: `      const rows = [...engine._rows.values()].filter((row) => row.device === device);
      const isOversized = takeRows(rows).length < rows.length;
      if (isOversized) {
        const results = rows.map(({ messageId }): EventResult => ({ messageId, status: "accepted" }));
        void engine._settle([...rows], results, []);
      }\n`,
      },
    ],
  },
  {
    name: "Segment: persisted on pagehide only",
    mutations: [
      {
        file: "outbox/outbox.ts",
        from: `        if (rows[0]) void write(rows, isPrecious);
`,
        to: `        for (const row of rows) tell(row, "stored");
`,
      },
    ],
  },
];
