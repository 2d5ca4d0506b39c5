import { z } from 'zod';
import type { LeadDraft } from '../intake/draft.ts';
import { emailsIn, withoutEmails } from '../intake/email.ts';
import { fieldKey, namesOurSide } from '../intake/labels.ts';
import { looksLikePhone } from '../intake/phone.ts';
import { type MappedField, type MappingRules, mappingRules, nameIn } from './mapping.ts';
import { type Place, placesOf } from './places.ts';
import { withoutEmphasis } from './label-line.ts';
import { postUnits, type SlackPost } from './post-text.ts';
import { MOST_ADDRESSES, openPost } from './read-post.ts';
import { readTaught } from './read-taught.ts';
import { type Sender, senderOf } from './sender.ts';

/** What the steps of teaching hand on to each other. */
export const lesson = z.object({
  channelId: z.string(),
  /** The post that stands for the others. */
  ts: z.string(),
  sender: z.object({ key: z.string(), name: z.string().nullable() }),
  rules: mappingRules,
});
export type Lesson = z.infer<typeof lesson>;

const MOST_ROWS = 20;
/** A button carries a lesson, and takes 2,000 characters. */
const LONGEST_RULES = 1_450;
const postsTried = 20;

/** A part of the post, and what it is taken for. */
export interface TeachRow {
  place: string;
  title: string;
  value: string;
  field: MappedField;
  /** Nobody has said so yet: left alone, it needs no rule. */
  isLeftOut: boolean;
}

/** What there is in a post to say something about, prefilled with what was taught, else with what the reader makes of it. */
export function teachRows(post: SlackPost, rules: MappingRules): { rows: TeachRow[]; left: number } {
  const opened = openPost(post);
  if (opened === null) return { rows: [], left: 0 };
  const taught = new Map(rules.map(([place, field]) => [place, field]));
  const draft = readTaught(post, []);
  const places = new Map<string, Place>();
  for (const found of placesOf(opened.reading)) {
    if (!places.has(found.place)) places.set(found.place, found);
  }
  const isTaken = new Set<MappedField>([...places.keys()].flatMap((place) => taught.get(place) ?? []));
  const rows = [...places.values()].map((found): TeachRow => {
    const { place, title, value } = found;
    const field = taught.get(place) ?? secondBest(guess(found, draft), found, isTaken);
    isTaken.add(field);
    return { place, title, value, field, isLeftOut: field === 'unused' && !taught.has(place) };
  });
  const shown = rows.slice(0, MOST_ROWS);
  while (JSON.stringify(shown.map(({ place }) => [place, 'firstName'])).length > LONGEST_RULES) shown.pop();
  return { rows: shown, left: rows.length - shown.length };
}

/** Where the field is another part's already, the form would have to complain about what we have filled in ourselves. */
function secondBest(field: MappedField, { from }: Place, isTaken: ReadonlySet<MappedField>): MappedField {
  if (!isTaken.has(field) || takesMany(field)) return field;
  return 'key' in from ? 'answer' : 'unused';
}

/** Whether several parts of a post may be this. */
export function takesMany(field: MappedField): boolean {
  return field === 'answer' || field === 'unused';
}

function guess({ title, value, from }: Place, draft: LeadDraft | null): MappedField {
  const isLabelled = 'key' in from;
  const key = isLabelled ? from.key : fieldKey(title);
  if (key !== null) return key;
  if (namesOurSide(title)) return 'unused';
  if (emailsIn(value).length === 1 && withoutEmails(value) === '') return 'email';
  if (looksLikePhone(value)) return 'phone';
  if (isLabelled) return 'answer';
  if (draft === null) return 'unused';
  if (draft.name !== null && nameIn(value) === draft.name) return 'name';
  const fields = ['account', 'title', 'source', 'form', 'message'] as const;
  return fields.find((field) => draft[field] === value) ?? 'unused';
}

/**
 * The rules of a filled-in form. What was taught about parts that this post does not have stays.
 * @param chosen by place; places that were left as "not used" and need no rule are not in it
 * @param shown all places that the form showed
 */
export function rulesOf(chosen: MappingRules, shown: ReadonlySet<string>, saved: MappingRules): MappingRules {
  const before = new Map(saved.map((rule) => [rule.slice(0, 2).join(), rule]));
  const rules = chosen.map((rule) => before.get(rule.slice(0, 2).join()) ?? rule);
  for (const rule of saved) {
    if (shown.has(rule[0])) continue;
    if (JSON.stringify([...rules, rule]).length > LONGEST_RULES) break;
    rules.push(rule);
  }
  return rules;
}

/** So many different texts have to begin alike before their beginning is taken for the sender's own words. */
const ENOUGH_TEXTS = 3;

/**
 * Finds the words that the sender always puts before a taught part of a line ("New lead Ada", "New lead Grace"), so
 * that they are not read as part of it. Too few posts teach nothing: what was learnt before stays.
 */
export function learnPrefixes(rules: MappingRules, posts: readonly SlackPost[]): MappingRules {
  const texts = new Map<string, Set<string>>();
  for (const post of posts) {
    for (const { place, value } of placesOf(openPost(post)?.reading ?? { found: [], free: [] })) {
      texts.set(place, (texts.get(place) ?? new Set()).add(value));
    }
  }
  const learnt = rules.map((rule): MappingRules[number] => {
    const [place, field] = rule;
    const isText = !place.startsWith('label:') && !['email', 'phone', 'unused'].includes(field);
    const found = texts.get(place);
    if (!isText || !found || found.size < ENOUGH_TEXTS) return rule;
    const always = commonStart([...found].map((text) => text.split(/\s+/)));
    return always === '' || always.length > 60 ? [place, field] : [place, field, always];
  });
  if (JSON.stringify(learnt).length <= LONGEST_RULES) return learnt;
  return rules.map(([place, field]) => [place, field]);
}

function commonStart(texts: readonly string[][]): string {
  const [first = [], ...others] = texts;
  const shortest = Math.min(...texts.map((words) => words.length));
  let length = 0;
  const sameAt = (index: number): boolean =>
    others.every((words) => words[index]?.toLowerCase() === first[index]?.toLowerCase());
  while (length < shortest - 1 && sameAt(length)) length += 1;
  return first.slice(0, length).join(' ');
}

/** How one post would be read, and how it is read today. */
export interface Trial {
  ts: string;
  /** What the post starts with, to know it by. */
  words: string;
  draft: LeadDraft | null;
  today: LeadDraft | null;
  /** Why it would be no lead. */
  whyNot: string;
}

/** The sender's last posts among a channel's messages, both newest first. */
export function postsOf(messages: readonly Record<string, unknown>[], sender: Sender): SlackPost[] {
  return (messages as unknown as (SlackPost & { thread_ts?: unknown })[])
    .filter((post) => typeof post.ts === 'string' && (post.thread_ts ?? post.ts) === post.ts)
    .filter((post) => senderOf(post)?.key === sender.key)
    .slice(0, postsTried);
}

/** What would become of these posts by the new rules, beside today's. */
export function tryRules(posts: readonly SlackPost[], rules: MappingRules, today: MappingRules): Trial[] {
  return posts.map((post) => {
    const draft = readTaught(post, rules);
    const trial = { ts: post.ts, words: firstWordsOf(post), draft, today: readTaught(post, today) };
    return { ...trial, whyNot: draft === null ? whyNot(post) : '' };
  });
}

function firstWordsOf(post: SlackPost): string {
  const lines = postUnits(post).flatMap((unit) => unit.lines.map((text) => withoutEmphasis(text).trim()));
  return lines.find((text) => /[\p{L}\p{N}]/u.test(text)) ?? 'post';
}

function whyNot(post: SlackPost): string {
  const opened = openPost(post);
  if (opened === null) return 'there is nothing to read in it';
  const { found, free } = opened.reading;
  const texts = [...found.map(({ value }) => value), ...free.flat()];
  const emails = emailsIn(texts.join('\n')).length;
  if (opened.isList) return `it has ${emails} mail addresses, and I can use ${MOST_ADDRESSES} at most`;
  const hasNumber = texts.some(looksLikePhone);
  if (emails === 0 && !hasNumber) return 'it has no mail address and no phone number';
  return 'none of the parts you named is in it, and it does not say that it is a lead';
}
