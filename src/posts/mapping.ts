import { z } from 'zod';
import type { Detail } from '../intake/draft.ts';
import { emailsIn } from '../intake/email.ts';
import type { FieldKey } from '../intake/labels.ts';
import { phoneInProse } from '../intake/phone.ts';
import { detailOf } from './draft-fields.ts';
import { type FreeLine, type Place, placePattern, placesOf } from './places.ts';
import { isFullName } from './prose.ts';
import type { FieldReading, FoundField } from './read-fields.ts';
import { MOST_ADDRESSES } from './read-post.ts';

/** What a manager can say that a part of a post is. */
export const mappedFields = {
  firstName: 'First name',
  lastName: 'Last name',
  name: 'Name',
  email: 'Mail',
  phone: 'Phone',
  account: 'Company',
  title: 'Job title',
  source: 'Source',
  form: 'Form',
  page: 'Page',
  campaign: 'Campaign',
  message: 'Message',
  answer: 'Extra answer',
  unused: 'Not used',
} as const;

export type MappedField = keyof typeof mappedFields;

export const mappedField = z.enum(Object.keys(mappedFields) as [MappedField, ...MappedField[]]);

const place = z.string().regex(placePattern);
const prefix = z.string().min(1).max(60);

/**
 * Which place holds which field, and the words that always stand before it there; kept as lists, because modals and
 * buttons carry them and are short of room.
 */
export const mappingRules = z
  .array(z.union([z.tuple([place, mappedField]), z.tuple([place, mappedField, prefix])]))
  .max(50);
export type MappingRules = z.infer<typeof mappingRules>;

export interface TaughtReading {
  /** What the reader goes on with: taught fields first, and nothing of what a rule has used. */
  reading: FieldReading;
  answers: Detail[];
  /** Fields that a rule found something for. */
  fields: ReadonlySet<MappedField>;
  /** Whether any rule fitted, even one that says "not used". */
  fits: boolean;
}

const NAMES: ReadonlySet<string> = new Set(['name', 'firstName', 'lastName']);

/** Reads a post's places by the rules. What a rule has used is used up: no other field is read from there. */
export function applyRules(rules: MappingRules, reading: FieldReading): TaughtReading {
  const ruleOf = new Map(rules.map((rule) => [rule[0], rule]));
  const used = placesOf(reading).flatMap((found): Place[] => {
    const value = afterPrefix(found.value, ruleOf.get(found.place)?.[2]);
    return ruleOf.has(found.place) && value !== null ? [{ ...found, value }] : [];
  });
  const found: FoundField[] = [];
  const answers: Detail[] = [];
  const fields = new Set<MappedField>();
  for (const place of used) {
    const field = ruleOf.get(place.place)?.[1] ?? 'unused';
    const value = valueFor(field, place);
    if (value === null || field === 'unused') continue;
    fields.add(field);
    if (field === 'answer') answers.push(detailOf(place.title, value));
    else found.push({ key: field, label: place.title, value });
  }
  const left = { found: [...found, ...rest(reading, used, fields)], free: free(reading, used) };
  return { reading: left, answers, fields, fits: used.length > 0 };
}

/** What follows the words that always stand there; null where they are missing: then it is another kind of post. */
function afterPrefix(value: string, always: string | undefined): string | null {
  if (always === undefined) return value;
  const words = value.split(/\s+/);
  const length = always.split(' ').length;
  const starts = words.slice(0, length).join(' ').toLowerCase() === always.toLowerCase();
  return starts && words.length > length ? words.slice(length).join(' ') : null;
}

/** The value as far as it can be that field; null where it can't. */
function valueFor(field: MappedField, { value, from }: Place): string | null {
  const isLine = 'unit' in from;
  switch (field) {
    case 'email': {
      const emails = emailsIn(value);
      return emails.length > 0 && emails.length <= MOST_ADDRESSES ? (emails[0] ?? null) : null;
    }
    case 'phone':
      return isLine ? (phoneInProse(value) ?? value) : value;
    case 'name':
    case 'firstName':
    case 'lastName':
      return isLine ? nameIn(value) : value;
    default:
      return value;
  }
}

/** "New lead Ada Lovelace" names Ada Lovelace; where nothing is clearly a full name, all of it is the name. */
export function nameIn(text: string): string {
  const words = text.slice(0, 300).split(/\s+/);
  for (let start = 0; start < words.length; start += 1) {
    for (let length = Math.min(5, words.length - start); length > 1; length -= 1) {
      const name = words.slice(start, start + length).join(' ');
      if (isFullName(name)) return name.replace(/[,;:!.]+$/, '');
    }
  }
  return text;
}

/** Fields that no rule has used. One that names the same as a taught one stands back. */
function rest({ found }: FieldReading, used: Place[], fields: ReadonlySet<string>): FoundField[] {
  const usedUp = new Set(used.map(({ from }) => from));
  const nameIsTaught = [...NAMES].some((key) => fields.has(key));
  const isTaught = (key: FieldKey): boolean => fields.has(key) || (nameIsTaught && NAMES.has(key));
  return found.filter((field) => !usedUp.has(field) && (field.key === null || !isTaught(field.key)));
}

/** The lines that no rule has used. Of a sentence whose words were used only the mail address is left. */
function free(reading: FieldReading, used: Place[]): string[][] {
  const lines = reading.free.map((unit) => [...unit]);
  for (const { place, from } of used) {
    if (!('unit' in from)) continue;
    const { unit, index }: FreeLine = from;
    const text = reading.free[unit]?.[index] ?? '';
    const isSentence = /^(?:before|after)/.test(place);
    const unitLines = lines[unit];
    if (unitLines) unitLines[index] = isSentence ? emailsIn(text).join(' ') : '';
  }
  return lines;
}
