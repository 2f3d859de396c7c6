// The parts of cli-progress that are used; the package ships no types.
declare module "cli-progress" {
  export class SingleBar {
    constructor(
      options: { format: string; stream?: NodeJS.WritableStream; hideCursor?: boolean },
      preset?: object,
    );
    start(total: number, startValue: number, payload?: object): void;
    update(value: number, payload?: object): void;
    stop(): void;
  }
  export const Presets: { shades_classic: object };
}
