import { DAY } from '../calendar/civil.ts';
import type { LeadRow } from '../db/schema.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage, type Rendered } from '../outbox/message.ts';
import { breadthOf } from '../people/breadth.ts';
import { teamById } from '../team/store.ts';
import { memoryOf } from '../template/memory.ts';
import { cadenceOf } from '../touch/cadence.ts';
import { type NudgeData, nudgeData, nudgeFor, nudgeKey, nudgeOutcomeType } from '../touch/nudge-slot.ts';
import { touchesOf } from '../touch/store.ts';
import type { Work } from '../work.ts';
import * as blocks from './blocks.ts';
import { isNudgeWanted } from './nudge.ts';
import { type Asked, askedOf } from './recipients.ts';
import { answersByAttempt, nudgesIn } from './store.ts';
import type { AnswerCounts } from './why-now.ts';

/** The nudge itself, in the thread of its lead; a touch logged while it waited cancels it. */
export const nudgeMessage = defineMessage('nudge', nudgeData, async (work, data) => {
  const lead = await leadById(work, data.leadId);
  return isNudgeWanted(lead, data, work.now) ? renderNudge(work, lead, data) : null;
});

/** A nudge that is out, brought up to date: answered, or (after an undo) open again. */
export const nudgeOutcome = defineMessage(nudgeOutcomeType, nudgeData, async (work, data) => {
  const lead = await leadById(work, data.leadId);
  if (data.cameBack) return blocks.nudgeCameBack(data);
  if (isNudgeWanted(lead, data, work.now)) return renderNudge(work, lead, data);
  const [asked] = await nudgesIn(work, nudgeKey(data));
  const now = (await askedAbout(work, lead))?.userId ?? null;
  return blocks.nudgeDone(lead, data, work.now, asked?.user_id === now ? undefined : now);
});

/** Who works the lead now; undefined while nobody has it. */
export async function askedAbout(work: Work, lead: LeadRow): Promise<Asked | undefined> {
  if (lead.owner_id === null) return undefined;
  return askedOf(await teamById(work, lead.sales_team_id), lead.owner_id, work.now);
}

/** The nudge about one lead. @param url of the card, for a direct message; empty where the card is not posted */
export async function renderNudge(
  work: Work,
  lead: LeadRow,
  data: NudgeData,
  url?: string,
): Promise<Rendered> {
  const playbook = await work.playbooks.version(work.db, lead.playbook_version);
  const cadence = cadenceOf(playbook, lead);
  const who = await askedAbout(work, lead);
  return blocks.nudge({
    lead,
    nudge: { ...data, attempt: nudgeFor(lead).attempt },
    planned: cadence.length,
    touches: await touchesOf(work.db, lead),
    step: cadence[data.attempt - 1],
    playbook,
    memory: await memoryOf(work, lead, { userId: who?.userId }),
    answers: await answersOf(work, lead.sales_team_id),
    breadth: await breadthOf(work, lead, playbook),
    reader: {
      mention: url !== undefined || who?.away ? null : (who?.userId ?? null),
      deputyFor: who?.deputyFor ?? null,
      isDirect: url !== undefined,
      url: url === '' ? undefined : url,
      zone: who?.calendar.zone ?? 'UTC',
    },
    now: work.now,
  });
}

/** The team's first answers of the last twelve months. */
export function answersOf(work: Work, salesTeamId: number): Promise<AnswerCounts> {
  return answersByAttempt(work, salesTeamId, work.now - 365 * DAY);
}
