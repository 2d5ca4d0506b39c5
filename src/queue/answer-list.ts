import type { Listed } from './rows.ts';

/** A list that somebody got as the answer to a command. */
export interface AnswerList extends Listed {
  kind: 'queue' | 'more';
}

const base = 36;
const shape = /^(queue|more)\.([0-9a-z]+)\.([0-9a-z-]+)$/;

/**
 * The list as a name that its rows carry (`rowBlock`): of an answer to a command Slack says nothing but where somebody
 * clicked in it. Twenty leads fit.
 */
export function nameOfList({ kind, at, leadIds }: AnswerList): string {
  return `${kind}.${at.toString(base)}.${leadIds.map((id) => id.toString(base)).join('-')}`;
}

/** Undefined for a name of another version of the app. */
export function listOfName(name: string): AnswerList | undefined {
  const [, kind, at = '', ids = ''] = shape.exec(name) ?? [];
  if (kind !== 'queue' && kind !== 'more') return undefined;
  return {
    kind,
    at: Number.parseInt(at, base),
    leadIds: ids.split('-').map((id) => Number.parseInt(id, base)),
  };
}
