import type { ModalView } from '@slack/types';
import { Refusal } from '../errors.ts';
import { peopleOf } from '../lead/people/store.ts';
import { isBlind, refuseUnlessWorkable } from '../lead/permission.ts';
import { leadById } from '../lead/store.ts';
import { idOf, type Listener, onAction } from '../slack/listener.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { memoryOf } from './memory.ts';
import { messagesModal } from './modal.ts';

/** What can be said to the lead's person, or to somebody else there. @throws Refusal when it is somebody else's lead */
export async function openMessages(
  work: Work,
  leadId: number,
  userId: string,
  personId?: number,
): Promise<ModalView> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  if (isBlind(lead, team)) throw new Refusal('Claim this lead first: then you see who it is.');
  refuseUnlessWorkable(lead, team, userId, work.now);
  const people = await peopleOf(work, leadId);
  const person = people.find(({ id }) => id === personId);
  const playbook = await work.playbooks.version(work.db, lead.playbook_version);
  const memory = await memoryOf(work, lead, { userId, person });
  return messagesModal({ lead, people, person, playbook, memory });
}

export const templateListeners: readonly Listener[] = [
  onAction('messages', async (work, click) => ({
    open: await openMessages(work, idOf(click.value), click.userId),
  })),

  onAction('messages_for', async (work, click) => {
    const [lead = '', person] = click.value.split(':');
    const personId = person === undefined ? undefined : Number(person);
    return { show: await openMessages(work, idOf(lead), click.userId, personId) };
  }),
];
