/** One step of the schema, run once in a file's life. Never edit one that was released: add another. */
export interface Migration {
  /** Unique, such as `rules-1`. */
  name: string;
  /** SQL statements. */
  up: string;
}
