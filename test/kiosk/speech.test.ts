import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { followHeadset } from "../../kiosk/src/speech/followHeadset.ts";
import { followVoice, type Voice } from "../../kiosk/src/speech/voice.ts";
import { whatToSay, type Said } from "../../kiosk/src/speech/whatToSay.ts";

const said = (title: string, lines: string[] = [], count?: string): Said => ({ title, lines, count });

describe("what is said aloud", () => {
  it("is a new screen as a whole, at once, and what was added to it in its turn", () => {
    const before = said("Hello.", ["Record a turn."]);
    assert.deepEqual(whatToSay(undefined, before), { text: ["Hello.", "Record a turn."], waits: false });
    assert.deepEqual(whatToSay(before, before).text, []);
    const added = said("Hello.", ["Record a turn.", "The camera was lost."]);
    assert.deepEqual(whatToSay(before, added), { text: ["The camera was lost."], waits: true });
  });

  it("does not say again what stays in sight over two screens", () => {
    const [first, second] = [said("Mirror", ["Camera on."]), said("Looks", ["Camera on.", "No looks yet."])];
    assert.deepEqual(whatToSay(first, second).text, ["Looks", "No looks yet."]);
  });

  it("counts the seconds, and does not repeat a line for its number", () => {
    assert.deepEqual(whatToSay(said("Ready", [], "3"), said("Ready", [], "2")), {
      text: ["2"],
      waits: false,
    });
    const closing = (seconds: number) => said("Still there?", [`In ${seconds} seconds the mirror closes.`]);
    assert.deepEqual(whatToSay(closing(20), closing(19)).text, []);
  });
});

describe("the voice", () => {
  const openEngine = (voices: { lang: string; localService: boolean }[]) => {
    const log: string[] = [];
    const engine = Object.assign(new EventTarget(), {
      getVoices: () => voices as SpeechSynthesisVoice[],
      speak: ({ text, lang }: SpeechSynthesisUtterance) => void log.push(`${lang}: ${text}`),
      cancel: () => void log.push("—"),
    });
    class Utterance {
      lang = "";
      text: string;
      constructor(text: string) {
        this.text = text;
      }
    }
    const parts = {
      speechSynthesis: engine,
      SpeechSynthesisUtterance: Utterance as unknown as typeof SpeechSynthesisUtterance,
    };
    return { log, engine, parts, voices };
  };

  it("speaks the language of the screen, and cuts in only where it should not wait", () => {
    const { log, parts } = openEngine([{ lang: "de-DE", localService: true }]);
    let voice: Voice | undefined;
    const stop = followVoice(parts, "de", (next) => (voice = next));
    voice!.say({ text: ["Guten Tag.", "Drehen."], waits: false });
    voice!.say({ text: ["Noch etwas."], waits: true });
    stop();
    assert.deepEqual(log, ["—", "de: Guten Tag.", "de: Drehen.", "de: Noch etwas.", "—"]);
  });

  it("is offered when it comes, and only where it is this machine's and of this language", () => {
    const { parts, voices, engine } = openEngine([{ lang: "en-GB", localService: false }]);
    const told: boolean[] = [];
    const stop = followVoice(parts, "en", (voice) => told.push(voice !== undefined));
    voices.push({ lang: "de-DE", localService: true });
    engine.dispatchEvent(new Event("voiceschanged"));
    voices.push({ lang: "en-US", localService: true });
    engine.dispatchEvent(new Event("voiceschanged"));
    stop();
    assert.deepEqual(told, [false, true]);
    followVoice({}, "en", (voice) => told.push(voice !== undefined));
    assert.deepEqual(told, [false, true, false], "no engine, no voice");
  });
});

describe("a headset", () => {
  it("is a sound output that was not there at the start", async () => {
    let outputs = 1;
    const devices = Object.assign(new EventTarget(), {
      enumerateDevices: async () =>
        Array.from({ length: outputs }, () => ({ kind: "audiooutput" }) as MediaDeviceInfo),
    });
    const told: boolean[] = [];
    const stop = followHeadset(devices, (isPlugged) => told.push(isPlugged));
    for (outputs of [1, 2, 2, 1]) {
      await new Promise(setImmediate);
      devices.dispatchEvent(new Event("devicechange"));
      await new Promise(setImmediate);
    }
    assert.deepEqual(told, [true, false]);
    stop();
    outputs = 2;
    devices.dispatchEvent(new Event("devicechange"));
    await new Promise(setImmediate);
    assert.deepEqual(told, [true, false], "nothing is told after the end");
  });
});
