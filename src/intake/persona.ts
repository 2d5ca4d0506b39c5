import type { Playbook } from '../playbook/schema.ts';
import { saysOneOf } from './words.ts';
import type { LeadDraft } from './draft.ts';

type PersonaRules = Playbook['personas']['sales'];

/** The label of the first persona whose words stand in the job title or in an answer; null where nothing tells. */
export function personaOf(
  draft: Pick<LeadDraft, 'title' | 'details'>,
  personas: PersonaRules,
): string | null {
  const found = personas.find(
    ({ title, answers }) =>
      (draft.title !== null && saysOneOf(title, draft.title)) ||
      draft.details.some(({ value }) => saysOneOf(answers, value)),
  );
  return found?.label ?? null;
}
