const TITLES: ReadonlySet<string> = new Set(
  'mr mrs ms miss mx dr prof herr frau hr fr dipl ing m mme mlle sr sra srta sig dott phd md mba jr'.split(
    ' ',
  ),
);

/**
 * One spelling per person's name, to recognise it again: without case, accents and titles, the parts in one order
 * (`Lovelace, Ada` is `Ada Lovelace`). Null for a single word: there are many Adas.
 */
export function nameKey(name: string | null): string | null {
  if (name === null) return null;
  const words = name
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .slice(0, 200)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !TITLES.has(word));
  return words.length < 2 ? null : words.sort().join(' ');
}

/** Whether two name keys may be one person's: one is unknown, or says less than the other (`A. Lovelace`). */
export function couldBeOne(left: string | null, right: string | null): boolean {
  if (left === null || right === null) return true;
  const [few = [], many = []] = [left.split(' '), right.split(' ')].sort((a, b) => a.length - b.length);
  return few.every((word) =>
    many.some((other) => word === other || isInitialOf(word, other) || isInitialOf(other, word)),
  );
}

function isInitialOf(initial: string, word: string): boolean {
  return initial.length === 1 && word.startsWith(initial);
}
