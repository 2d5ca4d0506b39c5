import type { LeadRow, PersonRow } from '../db/schema.ts';
import type { Playbook, PlaybookMessage } from '../playbook/schema.ts';
import { truncate } from '../slack/kit.ts';
import { fill, valuesOf } from './fill.ts';

type Written = Pick<LeadRow, 'name' | 'account' | 'source' | 'message'>;
type Fit = Pick<LeadRow, 'marketing_persona' | 'sales_persona' | 'obstacle'>;

/** A message of the playbook's as it goes out to one person; plain text. */
export interface Words {
  /** Its key in the playbook. */
  key: string;
  label: string;
  /** Of a mail. */
  subject?: string;
  text: string;
}

/** Who is written to, and by whom. */
export interface Between {
  /** Somebody else at the lead's account. */
  person?: Pick<PersonRow, 'name'>;
  /** How the rep signs. */
  signature?: string | null;
}

const longestWords = 2000;
const longestSubject = 200;

/** The message filled in, in the words for this persona and obstacle; undefined where the playbook has it no more. */
export function wordsOf(
  key: string,
  lead: Written & Fit,
  playbook: Pick<Playbook, 'messages'>,
  { person, signature = null }: Between = {},
): Words | undefined {
  const message = Object.hasOwn(playbook.messages, key) ? playbook.messages[key] : undefined;
  if (!message) return undefined;
  // The lead's persona and what the lead wrote say nothing about a colleague.
  const about = person
    ? { ...lead, name: person.name, message: null, marketing_persona: null, sales_persona: null }
    : lead;
  const values = valuesOf(about, signature);
  const { subject, text } = variantFor(message, about);
  return {
    key,
    label: message.label,
    ...(subject !== undefined && { subject: truncate(fill(subject, values), longestSubject) }),
    text: truncate(fill(text, values), longestWords),
  };
}

/** The first variant of which every condition holds, else the message itself; a variant may leave the subject to it. */
export function variantFor(message: PlaybookMessage, lead: Fit): { subject?: string; text: string } {
  const personas = [lead.marketing_persona, lead.sales_persona];
  const found = message.variants.find(
    ({ persona, obstacle }) =>
      (persona.length === 0 || persona.some((label) => personas.includes(label))) &&
      (obstacle.length === 0 || obstacle.some((id) => id === lead.obstacle)),
  );
  return { subject: found?.subject ?? message.subject, text: found?.text ?? message.text };
}
