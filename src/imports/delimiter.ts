import { emailsIn } from '../intake/email.ts';
import { fieldKey } from '../intake/labels.ts';
import { looksLikePhone } from '../intake/phone.ts';

export const delimiters = [',', ';', '\t', '|'] as const;

/** What the person reads about it. */
export const delimiterNames: Record<string, string> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
};

/** So many lines are looked at. */
const mostLines = 100;

/**
 * The delimiter by which the lines fall into the same number of cells. Where several do, the one that makes more
 * cells mean something (a heading we know, a mail address, a phone number), then the one that makes more cells.
 * @param start the beginning of the text; its last line may be cut off
 * @param isWhole false where it is, so that this line does not count
 */
export function delimiterOf(start: string, isWhole: boolean): string {
  let best: { delimiter: string; score: number[] } = { delimiter: ',', score: [0, 0, 0, 0] };
  for (const delimiter of delimiters) {
    const lines = cellsByLine(start, delimiter);
    if (!isWhole && lines.length > 1) lines.pop();
    const counts = lines.map((cells) => cells.length);
    const width = commonest(counts);
    if (width < 2) continue;
    const share = counts.filter((count) => count === width).length / counts.length;
    const known = lines.slice(0, 5).flat().filter(meansSomething).length;
    const score = [share >= 0.8 ? 1 : 0, known, share, width];
    if (isHigher(score, best.score)) best = { delimiter, score };
  }
  return best.delimiter;
}

function meansSomething(cell: string): boolean {
  return fieldKey(cell) !== null || emailsIn(cell)[0] === cell.toLowerCase() || looksLikePhone(cell);
}

function isHigher(score: readonly number[], than: readonly number[]): boolean {
  const place = score.findIndex((value, index) => value !== than[index]);
  return place !== -1 && (score[place] ?? 0) > (than[place] ?? 0);
}

function commonest(counts: readonly number[]): number {
  const seen = new Map<number, number>();
  for (const count of counts) seen.set(count, (seen.get(count) ?? 0) + 1);
  return [...seen].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

/**
 * A quick look, not the reading of the file: a quotation mark counts only where a cell begins, and what it encloses
 * may hold delimiters and line ends.
 */
function cellsByLine(text: string, delimiter: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  const endLine = (): void => {
    cells.push(cell.trim());
    if (cells.some((value) => value !== '')) lines.push(cells);
    cells = [];
    cell = '';
  };
  for (const character of text) {
    if (quoted) {
      if (character === '"') quoted = false;
      else cell += character;
    } else if (character === '"' && cell.trim() === '') quoted = true;
    else if (character === delimiter) {
      cells.push(cell.trim());
      cell = '';
    } else if (character === '\n' || character === '\r') endLine();
    else cell += character;
    if (lines.length >= mostLines) return lines;
  }
  endLine();
  return lines;
}
