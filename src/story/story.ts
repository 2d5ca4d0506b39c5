import type { ModalView } from '@slack/types';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { cardUrls } from '../lead/card-slot.ts';
import { isBlind } from '../lead/permission.ts';
import { everyoneOf } from '../lead/people/store.ts';
import { leadById } from '../lead/store.ts';
import { historyOf } from '../routing/why.ts';
import { teamById } from '../team/store.ts';
import { isManager, refuseOutsider, type Team } from '../team/team.ts';
import { cadenceOf } from '../touch/cadence.ts';
import type { Work } from '../work.ts';
import { storyModal } from './blocks.ts';
import { entriesOf } from './entries.ts';
import * as store from './store.ts';

/** Longer than any lead's real history of being handed around. */
const mostRouting = 200;

/**
 * The lead's full story, for the people of its team.
 * @param page from 1, the newest entries on the last; left out for that one
 * @throws Refusal for others, and while nobody may know who it is
 */
export async function openStory(
  work: Work,
  leadId: number,
  userId: string,
  page?: number,
): Promise<ModalView> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  if (lead.owner_id !== userId) refuseOutsider(team, userId);
  if (isHidden(lead, team, userId))
    throw new Refusal(
      'This lead tells who it is once it is claimed. Claim it on its card, then read its story.',
    );
  const playbook = await work.playbooks.version(work.db, lead.playbook_version);
  const entries = entriesOf({
    lead,
    signals: await store.signalsOf(work, leadId),
    routing: await historyOf(work, lead, mostRouting),
    touches: await store.allTouchesOf(work, leadId),
    people: await everyoneOf(work, leadId),
    nudges: await store.nudgesOf(work, leadId),
    flags: await store.everyFlagOf(work, leadId),
    audit: await store.auditOf(work, leadId),
    messageLabel: (id) => playbook.messages[id]?.label ?? id,
  });
  const url = (await cardUrls(work, [leadId])).get(leadId);
  const planned = cadenceOf(playbook, lead).length;
  return storyModal({ lead, entries, page, url, planned, now: work.now });
}

/** Whether this person may not know yet who the lead is. */
export function isHidden(lead: LeadRow, team: Team, userId: string): boolean {
  return isBlind(lead, team) && !isManager(team, userId);
}
