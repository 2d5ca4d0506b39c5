import { emailsIn } from '../intake/email.ts';

/** What one sentence says about a lead; best effort, each part null where the sentence is not clear. */
export interface ProseReading {
  name: string | null;
  account: string | null;
  /** What came after "via": a form, a page, a webinar. */
  via: string | null;
  message: string | null;
}

/** Small words inside names (`Ludwig van Beethoven`), which may be connectors as well (`Anfrage von …`). */
const PARTICLES = new Set(
  'von van der den de di da del della la le el al bin ibn dos das du ter ten zu y'.split(' '),
);

/** Capitalised words that open announcements and are no part of a name. */
const NO_NAMES = new Set(
  `new lead leads signup sign up sign-up demo request requests form submission contact message inquiry enquiry email mail
   website page webinar trial download registration subscriber customer user prospect from by at for via hot inbound the a an
   neue neuer neues anfrage demoanfrage kontakt kontaktanfrage anmeldung nachricht nouveau nouvelle demande message
   inscription nuevo nueva solicitud contacto registro hey hi hello team sales you your we our great good booked booking
   slack zapier hubspot met meet spoke call called ask asked write wrote dear hallo introducing thanks thank well done nice congratulations congrats please great typeform webflow calendly just someone somebody yes update fyi landing site pricing name`.split(
    /\s+/,
  ),
);

const AT = /^(?:at|from|of|with|bei|von|chez|de|en|@|for)$/i;

/** The sentence around a mail address: who it belongs to, where they work, how they came. */
export function readProse(sentence: string, email: string): ProseReading {
  const text = sentence.slice(0, 1_000);
  const at = text.toLowerCase().indexOf(email);
  if (at === -1) return { name: null, account: null, via: viaIn(text), message: null };
  const before = text.slice(0, at).replace(/[\s(<[,;:–—-]+$/, '');
  const after = text.slice(at + email.length).replace(/^[\s)>\],]+/, '');
  const { name, account } = nameBefore(before.replace(/\b(?:e-?mail|mail|address)$/i, '').trimEnd());
  return {
    name,
    account: account ?? accountAfter(after),
    via: viaIn(after) ?? viaIn(before),
    message: /^[:–—-]\s*(\S.*)$/s.exec(after)?.[1]?.trim() ?? null,
  };
}

/** "Jane Smith (Smith Ltd) booked a demo" over labelled fields. */
const DOES =
  /^[^\p{L}]*(?:\S{0,20}: )?((?:\S+ ){1,4}?\S+)(?: \([^()@]{2,60}\))?(?: (?:from|at|of) [^.:!?]{2,60}?)? (?:has |have |just |has just )?(?:booked|scheduled|requested|submitted|downloaded|registered|signed up|subscribed|filled (?:in|out)|completed|started|asked for|wants)\b/u;
/** "Hooray, Jane Smith booked …" */
const CHEER = /^[^\p{L}]*\p{Lu}\p{L}{1,15}(?: \p{Ll}{1,10})?[,!]+\s+/u;

/** "New lead from Jane Smith" over labelled fields. Two words at least: one could be anything. */
export function nameInHeading(line: string): string | null {
  const text = line.slice(0, 200);
  const found =
    /(?:^|\b(?:lead|sign-?up|enquiry|inquiry|message|request|anfrage|demande|solicitud|contact)\s+)(?:from|by|von|de)\s+(.+)$/i.exec(
      text,
    )?.[1];
  if (found !== undefined) return emailsIn(line).length === 0 ? fullNameOnly(found) : null;
  const done = [text.replace(CHEER, ''), text].map((words) => fullNameOnly(DOES.exec(words)?.[1] ?? ''));
  return done.find((name) => name !== null) ?? null;
}

/** What stands in brackets behind a name: where they work. */
export function accountBehind(name: string, line: string): string | null {
  const at = line.indexOf(`${name} (`);
  if (at === -1) return null;
  return /^\((\p{Lu}[^()@]{1,60})\)/u.exec(line.slice(at + name.length + 1))?.[1] ?? null;
}

function fullNameOnly(words: string): string | null {
  const name = words
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/\*/g, '')
    .replace(/ \([^()@]{2,60}\)$/, '');
  return isFullName(name) && !/[()]/.test(name) ? name : null;
}

/** Two to five words that are written like a name and belong to no announcement. */
export function isFullName(text: string): boolean {
  const words = text.split(' ');
  return (
    words.length > 1 && words.length < 6 && words.every((word) => isNameWord(word) || PARTICLES.has(word))
  );
}

/** Whether a part of a list can be a person's name: a few words, no digits, no sentence. */
export function looksLikeName(text: string): boolean {
  const words = text.trim().split(/\s+/);
  if (words.length > 5 || !/^[\p{L}\p{M}.'’ʼ\- ]+$/u.test(text.trim())) return false;
  return words.every((word) => PARTICLES.has(word.toLowerCase()) || isCapitalised(word) || !hasCase(word));
}

/** The last run of capitalised words; with "Ada Lovelace from Analytical Engines", both runs. */
function nameBefore(text: string): { name: string | null; account: string | null } {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const last = runEndingAt(words, words.length);
  if (last.words.length === 0) return { name: null, account: null };
  const connector = words[last.start - 1] ?? '';
  if (AT.test(connector)) {
    const earlier = runEndingAt(words, last.start - 1);
    if (earlier.words.length > 0) return { name: earlier.words.join(' '), account: last.words.join(' ') };
  }
  return { name: last.words.join(' '), account: null };
}

function runEndingAt(words: string[], end: number): { words: string[]; start: number } {
  let start = end;
  while (start > 0 && end - start < 5) {
    const word = words[start - 1] ?? '';
    const endsClause = start < end && /[.!?:;,)]$/.test(word) && !/^\p{Lu}\.$/u.test(word);
    if (endsClause || !(isCapitalised(word) || PARTICLES.has(word))) break;
    start -= 1;
  }
  const run = words.slice(start, end);
  while (run.length > 0 && (NO_NAMES.has(bare(run[0] ?? '')) || PARTICLES.has(run[0] ?? ''))) {
    run.shift();
    start += 1;
  }
  while (run.length > 0 && (PARTICLES.has(run.at(-1) ?? '') || NO_NAMES.has(bare(run.at(-1) ?? ''))))
    run.pop();
  return { words: run.map((word) => word.replace(/^[("“„«]+|[)"”»,;:!]+$/g, '')), start };
}

function accountAfter(text: string): string | null {
  const found = /^(?:at|from|of|with|bei|von|chez|de|@)\s+(.{1,200})$/is.exec(text)?.[1];
  if (found === undefined) return null;
  const words: string[] = [];
  for (const word of found.split(/\s+/).slice(0, 7)) {
    const isJoin = /^(?:&|and|und|et|y|of|the|für|de|la)$/i.test(word) && words.length > 0;
    if (!isJoin && !/^[("“„«]?[\p{Lu}\p{Lo}\p{N}]/u.test(word)) break;
    words.push(word);
    if (/[,;:!?)]$/.test(word) || (/\.$/.test(word) && !/^(?:inc|ltd|co|corp|s\.a|b\.v)\.$/i.test(word)))
      break;
  }
  while (/^(?:&|and|und|et|y|of|the|für|de|la)$/i.test(words.at(-1) ?? '')) words.pop();
  const account = words.join(' ').replace(/^["“„«(]+|["”»),;:!?]+$/g, '');
  return account.replace(/(?<!\b(?:inc|ltd|co|corp|S\.A|B\.V))\.$/i, '') || null;
}

function viaIn(text: string): string | null {
  const found =
    /(?:^|\s)(?:via|through|über|using)\s+(?:(?:the|our|your|das|die|den|unser|le|la)\s+)?([^.,;:!?()\n]{2,80})/i.exec(
      text,
    );
  const via = (found?.[1] ?? '').replace(/["“”„«»*]/g, '').trim();
  return via === '' || via.includes('@') ? null : via;
}

function isNameWord(word: string): boolean {
  return isCapitalised(word) && !NO_NAMES.has(bare(word));
}

function isCapitalised(word: string): boolean {
  return /^["“„«(]?\p{Lu}[\p{L}\p{M}.'’ʼ&-]*[)"”»,;:!.]*$/u.test(word);
}

function hasCase(word: string): boolean {
  return word.toLowerCase() !== word.toUpperCase();
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}-]/gu, '');
}
