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
