import type { FieldKey } from '../intake/labels.ts';
import { isObject } from './json-body.ts';

/** How managers write our fields, and what they are. */
const fields: Readonly<Record<string, FieldKey>> = {
  name: 'name',
  'first name': 'firstName',
  'last name': 'lastName',
  email: 'email',
  phone: 'phone',
  company: 'account',
  title: 'title',
  message: 'message',
  source: 'source',
  form: 'form',
  page: 'page',
  campaign: 'campaign',
};

/** Our fields, as managers write them, to paths such as `data.contact.mail` or `answers.0.value`. */
export type Mapping = Readonly<Record<string, string>>;

export type ParsedMapping = { ok: true; mapping: Mapping } | { ok: false; why: string };

const example = '`email = data.contact.mail`';
export const fieldNames = Object.keys(fields).join(', ');

/** Reads lines such as `email = data.contact.mail`. No line at all is fine: then the names in the JSON decide. */
export function parseMapping(text: string): ParsedMapping {
  const mapping: Record<string, string> = {};
  for (const [index, raw] of text.split('\n').entries()) {
    if (raw.trim() === '') continue;
    const no = (why: string): ParsedMapping => ({ ok: false, why: `Line ${index + 1}: ${why}` });
    const [, name = '', path = ''] = /^\s*([^=]+?)\s*=\s*(\S(?:.*\S)?)\s*$/.exec(raw) ?? [];
    const field = name.toLowerCase().replace(/\s+/g, ' ');
    if (name === '') return no(`write it like ${example.replaceAll('`', '')}.`);
    if (!Object.hasOwn(fields, field))
      return no(`I have no field “${name.slice(0, 40)}”. Use one of: ${fieldNames}.`);
    if (Object.hasOwn(mapping, field)) return no(`“${field}” is there twice. Keep one of them.`);
    if (pathOf(path).some((part) => part === ''))
      return no('two dots in a row, or one at the end. Name each step of the path.');
    mapping[field] = path;
  }
  const given = Object.keys(mapping);
  if (given.length > 0 && !given.includes('email') && !given.includes('phone')) {
    return { ok: false, why: 'Map email or phone as well: without one of them nobody can be reached.' };
  }
  return { ok: true, mapping };
}

/** The lines again, as they are edited. */
export function mappingText(mapping: Mapping): string {
  return Object.entries(mapping)
    .map(([field, path]) => `${field} = ${path}`)
    .join('\n');
}

export function fieldNamed(name: string): FieldKey | null {
  return fields[name] ?? null;
}

/** What stands at a path; undefined where it leads nowhere. Numbers count entries of a list, from 0. */
export function valueAt(payload: unknown, path: string): unknown {
  let value = payload;
  for (const part of pathOf(path)) {
    if (Array.isArray(value)) value = /^\d{1,6}$/.test(part) ? (value[Number(part)] as unknown) : undefined;
    else value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}

/** `answers[0].value` is the same as `answers.0.value`. */
export function pathOf(path: string): string[] {
  return path.replace(/\[(\d{1,6})\]/g, '.$1').split('.');
}
