import { type RawBuilder, sql } from 'kysely';

/** A list for `IN`. However many they are, the statement is the same one, and SQLite prepares it once. */
export function among<T extends string | number>(values: readonly T[]): RawBuilder<T> {
  return sql<T>`(SELECT value FROM json_each(${JSON.stringify(values)}))`;
}
