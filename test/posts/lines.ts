import { withoutEmphasis } from '../../src/posts/label-line.ts';
import { postUnits, type SlackPost } from '../../src/posts/post-text.ts';

/** A post as a reader sees it, top to bottom; a field of its own is one line `Label: value`. */
export function postLines(post: SlackPost): string[] {
  return postUnits(post)
    .flatMap((unit) => {
      if (unit.label === undefined) return unit.lines;
      const [first = '', ...rest] = unit.lines;
      return [`${unit.label}: ${first}`, ...rest];
    })
    .map((line) => withoutEmphasis(line).trim())
    .filter((line) => line !== '');
}
