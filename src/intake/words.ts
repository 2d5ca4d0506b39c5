/** Compiled once for each list of a playbook, not for each lead. */
const compiled = new WeakMap<readonly string[], RegExp>();

/**
 * Whether a text says one of these words or phrases: whole words, in any case, singular or plural. "demo" is in
 * "demos", in "/request-demo" and in "DemoRequest", but not in "demographics".
 */
export function saysOneOf(words: readonly string[], text: string): boolean {
  if (words.length === 0) return false;
  let pattern = compiled.get(words);
  if (!pattern) compiled.set(words, (pattern = wholeWords(words)));
  return pattern.test(text) || pattern.test(text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
}

function wholeWords(words: readonly string[]): RegExp {
  const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?:s|es)?(?![\\p{L}\\p{N}])`, 'iu');
}
