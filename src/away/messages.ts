import { cardUrls } from '../lead/card-slot.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { repsOf } from '../team/reps.ts';
import { teamById } from '../team/store.ts';
import { isMember } from '../team/team.ts';
import type { Work } from '../work.ts';
import { type Moved, namedMoved, renderDeparture, renderNotice } from './blocks.ts';
import { departureData, departureType } from './departure.ts';
import { whyNoDeputy } from './deputy.ts';
import { noticeData, noticeType, type Outcome } from './notices.ts';
import { absenceById, heldLeads } from './store.ts';

/** The question to a manager, and its answer afterwards. */
export const absenceNotice = defineMessage(noticeType, noticeData, async (work, data) => {
  const absence = await absenceById(work, data.absenceId);
  const team = await teamById(work, data.salesTeamId);
  const held = (await heldLeads(work, team.id, absence.user_id)).length;
  // They were back, or had nothing left, before the question was sent.
  if (!data.outcome && (absence.ended_at !== null || held === 0)) return null;
  const rep = (await repsOf(work, team)).find((each) => each.userId === absence.user_id);
  const { zone } = rep?.calendar ?? team.calendar;
  const moved = await movedBy(work, data.outcome);
  const uncovered = await whyNoDeputy(work, team, absence);
  const notice = {
    absence,
    salesTeamId: team.id,
    zone,
    held,
    uncovered,
    outcome: data.outcome,
    moved,
    reader: data.reader,
  };
  return renderNotice(notice, work.now);
});

/** The same about somebody who has left the roster. */
export const departureNotice = defineMessage(departureType, departureData, async (work, data) => {
  const { outcome, reader, ...departure } = data;
  const team = await teamById(work, data.salesTeamId);
  const held = (await heldLeads(work, team.id, data.userId)).length;
  if (!outcome && (held === 0 || isMember(team, data.userId))) return null;
  return renderDeparture({ departure, held, outcome, reader, moved: await movedBy(work, outcome) });
});

async function movedBy(work: Work, outcome: Outcome | undefined): Promise<Moved[]> {
  const named = (outcome?.moved ?? []).slice(0, namedMoved);
  const urls = await cardUrls(
    work,
    named.map(({ leadId }) => leadId),
  );
  const moved: Moved[] = [];
  for (const { leadId, to } of named)
    moved.push({ lead: await leadById(work, leadId), to, url: urls.get(leadId) });
  return moved;
}
