/** What a child can be asked; by the name of the call. */
export type Methods = Record<string, (input: never) => unknown>;

interface Call {
  id: number;
  method: string;
  input: unknown;
}

/** Answers the calls of the process that started this one, and ends with it. */
export function answerParent(methods: Methods): void {
  const answer = async ({ id, method, input }: Call) => {
    try {
      process.send!({ id, result: await methods[method]!(input as never) });
    } catch (error) {
      process.send!({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
  process.on("message", (call: Call) => void answer(call));
  process.once("disconnect", () => process.exit());
}
