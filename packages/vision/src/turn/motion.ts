/** Yaw and its speed in degrees and seconds, and how sure they are: variance of the yaw, of both, of the speed. */
export interface Motion {
  yaw: number;
  speed: number;
  p: readonly [yaw: number, both: number, speed: number];
}

/** Where a motion will be `seconds` later, and less sure: `agility` is the change of speed in degrees per second and root of a second. */
export function predictMotion(
  { yaw, speed, p: [pyy, pys, pss] }: Motion,
  seconds: number,
  agility: number,
): Motion {
  const q = agility * agility;
  return {
    yaw: yaw + speed * seconds,
    speed,
    p: [
      pyy + 2 * seconds * pys + seconds ** 2 * pss + (q * seconds ** 3) / 3,
      pys + seconds * pss + (q * seconds ** 2) / 2,
      pss + q * seconds,
    ],
  };
}

/** Takes in a reading that is `surprise` degrees away from the yaw expected; `variance` in square degrees. */
export function correctMotion(
  { yaw, speed, p: [pyy, pys, pss] }: Motion,
  surprise: number,
  variance: number,
): Motion {
  const [gainYaw, gainSpeed] = [pyy / (pyy + variance), pys / (pyy + variance)];
  return {
    yaw: yaw + gainYaw * surprise,
    speed: speed + gainSpeed * surprise,
    p: [pyy * (1 - gainYaw), pys * (1 - gainYaw), pss - gainSpeed * pys],
  };
}
