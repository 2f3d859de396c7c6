/** Numbers below `below` that look like chance and are the same each time (Lehmer's generator). */
function numbers(): (below: number) => number {
  let state = 1;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}

/** A shop where the article before the last tells what comes: everybody passes one of the landings, and goes on to what goes with the first. */
export function contextual(count: number): string[][] {
  const any = numbers();
  return Array.from({ length: count }, () => {
    const taste = any(30);
    return [`A${taste}`, `landing${any(5)}`, `B${taste}`];
  });
}

/** A shop that is walked through along a shelf, from anywhere: the last click alone tells what comes. */
export function sequential(count: number): string[][] {
  const any = numbers();
  return Array.from({ length: count }, () => {
    const start = any(40);
    return Array.from({ length: 6 }, (_, step) => `S${start + step}`);
  });
}
