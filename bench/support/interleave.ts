/** One run of one subject, in some unit, or several units by name. */
export type Measure<T> = (round: number) => T | Promise<T>;

/**
 * Runs every subject once a round, in turn, every other round in reverse: A B, B A, A B … What the machine does
 * meanwhile then meets all of them alike.
 * @returns what each subject measured, a value a round.
 */
export async function interleave<Name extends string, T>(
  rounds: number,
  subjects: Record<Name, Measure<T>>,
): Promise<Record<Name, T[]>> {
  const names = Object.keys(subjects) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? names : names.toReversed();
    for (const name of order) measured[name].push(await subjects[name](round));
  }
  return measured;
}
