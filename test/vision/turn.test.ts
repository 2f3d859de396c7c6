import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createLiveYaw, matchTurns, smoothTurn, type Pose, type Turn } from "@vitrine/vision";
import { apart, errorsByAngle, errorsByTime, spreadOf } from "./support/angleErrors.ts";
import { drawFigure, flip, seeded, shake } from "./support/figure.ts";
import { readTrack, trueYaw, type PoseTrack } from "./support/poseTrack.ts";

type Course = (seconds: number) => number;

/** Films a drawn figure: `spoil` is what the model makes of each frame. */
function film(course: Course, seconds: number, spoil: (pose: Pose, i: number) => Pose, fps = 15): PoseTrack {
  return Array.from({ length: Math.round(seconds * fps) }, (_, i) => ({
    at: 5000 + (i * 1000) / fps,
    pose: spoil(drawFigure({ yaw: course(i / fps) }), i),
  }));
}

const noise = (seed: number, amount = 0.01) => {
  const random = seeded(seed);
  return (pose: Pose): Pose => shake(pose, amount, random);
};

const errorsOf = ({ samples }: Turn, course: Course): number[] =>
  samples.map(({ at, yaw }) => Math.abs(yaw - course((at - 5000) / 1000)));

const COURSES: Record<string, Course> = {
  "an even turn to the left": (s) => 45 * s,
  "an even turn to the right": (s) => -45 * s,
  "a quick turn that slows down": (s) => 360 * Math.sin((Math.PI / 2) * (s / 8)),
  "a turn with pauses": (s) => 90 * (Math.floor(s / 2) + Math.min(1, s % 2)),
  "a turn with a way back": (s) => (s < 4 ? 50 * s : s < 5 ? 200 - 40 * (s - 4) : 160 + 66 * (s - 5)),
  "a half turn and back again": (s) => 180 * Math.sin((Math.PI * s) / 8),
  "one and a half turns": (s) => 67 * s,
};

describe("given a turn of a drawn figure", () => {
  for (const [name, course] of Object.entries(COURSES)) {
    it(`follows ${name}, unwrapped`, () => {
      const turn = smoothTurn(film(course, 8, noise(1)));
      assert.equal(turn.quality, "good");
      const { median, p95 } = spreadOf(errorsOf(turn, course));
      assert.ok(median < 4 && p95 < 10, `${median} ${p95}`);
    });
  }

  it("is not led astray by frames that take front for back, a few or several in a row", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = seeded(seed);
      const shaken = noise(seed);
      let isFlipped = false;
      const turn = smoothTurn(
        film(COURSES["an even turn to the left"]!, 8, (pose, i) => {
          if (random() < 0.25) isFlipped = i > 4 && random() < 0.3;
          return shaken(isFlipped ? flip(pose) : pose);
        }),
      );
      const { p95 } = spreadOf(errorsOf(turn, COURSES["an even turn to the left"]!));
      assert.ok(turn.quality === "poor" || p95 < 15, `seed ${seed}: ${p95}`);
    }
  });

  it("is not led astray by a back that is drawn as a front, which shows the same side and trusts its face less", () => {
    for (const [name, course] of Object.entries(COURSES)) {
      const shaken = noise(2);
      const turn = smoothTurn(
        film(course, 8, (pose, i) => {
          const yaw = course(i / 15);
          if (Math.cos((yaw * Math.PI) / 180) > 0) return shaken(pose);
          const front = drawFigure({ yaw: 180 - yaw });
          for (const point of [0, 2, 5]) front.landmarks[point]!.visibility = 0.998;
          return shaken(front);
        }),
      );
      const { p95 } = spreadOf(errorsOf(turn, course));
      assert.ok(turn.quality === "good" && p95 < 20, `${name}: ${turn.reason} ${p95}`);
    }
  });

  it("finds the angle of one who began with her back to the camera", () => {
    const course: Course = (s) => 180 + 45 * s;
    const { samples, quality } = smoothTurn(film(course, 8, noise(7)));
    assert.equal(quality, "good");
    const errors = samples.map(({ at, yaw }) => apart(yaw, course((at - 5000) / 1000)));
    assert.ok(spreadOf(errors.slice(15)).p95 < 10);
  });

  it("gives the same course for three times as many frames", () => {
    const course = COURSES["a turn with a way back"]!;
    const [few, many] = [10, 30].map((fps) => smoothTurn(film(course, 8, noise(3), fps)));
    const byTime = new Map(few!.samples.map(({ at, yaw }) => [Math.round(at), yaw]));
    const differences = many!.samples
      .filter(({ at }) => byTime.has(Math.round(at)))
      .map(({ at, yaw }) => Math.abs(yaw - byTime.get(Math.round(at))!));
    assert.ok(differences.length > 70);
    assert.ok(spreadOf(differences).p95 < 6);
  });

  it("says so when the turn cannot be trusted", () => {
    const course = COURSES["an even turn to the left"]!;
    const good = film(course, 8, noise(4));
    const random = seeded(5);
    const reasonOf = (recorded: PoseTrack): string | undefined => {
      const { quality, reason } = smoothTurn(recorded);
      assert.equal(quality, reason ? "poor" : "good");
      return reason;
    };
    assert.equal(reasonOf(good), undefined);
    assert.equal(reasonOf([]), "too_short");
    assert.equal(reasonOf(good.slice(0, 8)), "too_short");
    assert.equal(reasonOf(good.filter((_, i) => i < 40 || i > 60)), "gap");
    assert.equal(reasonOf(film(() => 5, 8, noise(6))), "no_turn");
    assert.equal(reasonOf(film((s) => 360 * random() * s, 8, noise(8))), "unclear");
  });

  it("leaves out frames that are not newer than the one before", () => {
    const good = film(COURSES["an even turn to the left"]!, 8, noise(4));
    const doubled = good.flatMap((frame) => [frame, frame]);
    assert.deepEqual(smoothTurn(doubled), smoothTurn(good));
  });
});

const turnOf = (course: Course, seconds = 8): Turn => smoothTurn(film(course, seconds, (pose) => pose));

describe("given two turns", () => {
  const left = turnOf((s) => 45 * s);

  it("shows both at the same angle, whatever their speeds, over the angles that both cover", () => {
    const match = matchTurns(
      left,
      turnOf((s) => 60 * s, 4),
    );
    assert.equal(match.quality, "good");
    assert.ok(Math.abs(match.from) < 5 && Math.abs(match.to - 236) < 6, `${match.from} ${match.to}`);
    for (const angle of [30, 90, 150, 210]) {
      assert.ok(Math.abs((match.timeAt(0, angle) - 5000) / 1000 - angle / 45) < 0.15);
      assert.ok(Math.abs((match.timeAt(1, angle) - 5000) / 1000 - angle / 60) < 0.15);
    }
  });

  it("brings an angle beyond the range to its end", () => {
    const match = matchTurns(
      left,
      turnOf((s) => 60 * s, 4),
    );
    for (const which of [0, 1] as const) {
      assert.equal(match.timeAt(which, 1000), match.timeAt(which, match.to));
      assert.equal(match.timeAt(which, -1000), match.timeAt(which, match.from));
    }
  });

  it("matches a turn to the left with one to the right", () => {
    const match = matchTurns(
      left,
      turnOf((s) => -45 * s),
    );
    assert.equal(match.quality, "good");
    assert.ok(match.to - match.from > 330);
    for (const angle of [60, 120, 180, 240, 300]) {
      assert.ok(Math.abs((match.timeAt(0, angle) - 5000) / 1000 - angle / 45) < 0.2);
      assert.ok(Math.abs((match.timeAt(1, angle) - 5000) / 1000 - (360 - angle) / 45) < 0.2);
    }
  });

  it("shows each angle once although one of them stops and goes back", () => {
    const match = matchTurns(left, turnOf(COURSES["a turn with a way back"]!));
    const times = Array.from({ length: 300 }, (_, angle) => match.timeAt(1, angle));
    assert.ok(times.every((at, i) => i === 0 || at >= times[i - 1]!));
  });

  it("says why they cannot be matched", () => {
    const poor = smoothTurn([]);
    assert.deepEqual(
      [matchTurns(left, poor), matchTurns(poor, left)].map(({ quality, reason }) => [quality, reason]),
      [
        ["poor", "too_short"],
        ["poor", "too_short"],
      ],
    );
    const match = matchTurns(
      turnOf((s) => 10 * s),
      turnOf((s) => -10 * s),
    );
    assert.deepEqual([match.quality, match.reason], ["poor", "no_overlap"]);
  });
});

describe("given what the real model saw of rendered figures that turn", () => {
  const look = (name: string) => ({ turn: smoothTurn(readTrack(name)), yaw: trueYaw(name) });
  const looks = { a: look("turn_a"), b: look("turn_b"), dark: look("turn_b_dark") };

  for (const [first, second, bounds] of [
    ["a", "b", { median: 8, p95: 20 }],
    ["a", "dark", { median: 10, p95: 25 }],
    ["b", "dark", { median: 10, p95: 25 }],
  ] as const) {
    it(`shows ${first} and ${second} at nearly the same angle`, (t) => {
      const [one, two] = [looks[first], looks[second]];
      const match = matchTurns(one.turn, two.turn);
      assert.equal(match.quality, "good");
      assert.ok(match.to - match.from > 340);
      const { median, p95 } = errorsByAngle(match, one.yaw, two.yaw);
      t.diagnostic(`${first}/${second} median ${median.toFixed(1)}° p95 ${p95.toFixed(1)}°`);
      assert.ok(median <= bounds.median && p95 <= bounds.p95, `${median} ${p95}`);
    });
  }

  it("differs by far more when matched by time", () => {
    for (const scaled of [false, true]) {
      const { median, p95 } = errorsByTime(looks.a.yaw, looks.b.yaw, [8000, 4000], scaled);
      assert.ok(median > 20 && p95 > 40, `${median} ${p95}`);
    }
  });

  for (const [name, bounds] of Object.entries({ turn_a: 25, turn_b: 30, turn_b_dark: 30 })) {
    it(`follows ${name} live`, (t) => {
      const yaw = trueYaw(name);
      const live = createLiveYaw();
      const errors = readTrack(name).map(({ at, pose }) => apart(live(pose, at), yaw(at)));
      const { median, p95 } = spreadOf(errors);
      t.diagnostic(`${name} live: median ${median.toFixed(1)}° p95 ${p95.toFixed(1)}°`);
      assert.ok(median < 12 && p95 < bounds, `${median} ${p95}`);
    });
  }
});

describe("given a live yaw", () => {
  it("sees through a second of front taken for back, and believes it when it lasts", () => {
    const live = createLiveYaw();
    const show = (fromMs: number, toMs: number, spoil: (pose: Pose) => Pose): number => {
      let yaw = 0;
      for (let at = fromMs; at < toMs; at += 50) yaw = live(spoil(drawFigure({ yaw: 10 })), at);
      return yaw;
    };
    assert.ok(
      apart(
        show(0, 2000, (pose) => pose),
        10,
      ) < 5,
    );
    assert.ok(apart(show(2000, 3000, flip), 10) < 5);
    assert.ok(apart(show(3000, 7000, flip), -170) < 5);
  });
});
