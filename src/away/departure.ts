import { z } from 'zod';
import { Refusal } from '../errors.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { postDirect, updateSlot } from '../outbox/enqueue.ts';
import type { OutgoingMessage } from '../outbox/message.ts';
import { livingSlots } from '../outbox/store.ts';
import { user } from '../slack/kit.ts';
import { openAbsences } from '../team/people/store.ts';
import { teamById } from '../team/store.ts';
import { isManager, isMember, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { askAboutUncovered } from './deputy.ts';
import { handLeadsOn } from './hand-on.ts';
import { absenceSlot, nothingMoved, type Outcome, outcomeData } from './notices.ts';
import { heldLeads } from './store.ts';

/** Somebody left a roster at this time; a second time is another departure. */
const departure = z.object({ salesTeamId: z.number(), userId: z.string(), at: z.number() });
export type Departure = z.infer<typeof departure>;

/** The question to a team's managers about the leads of somebody who has left the roster, and its answer. */
export const departureData = departure.extend({
  /** Which manager reads it. */
  reader: z.string().optional(),
  outcome: outcomeData.optional(),
});
export const departureType = 'departure_notice';

function message(data: z.infer<typeof departureData>): OutgoingMessage {
  return { type: departureType, data };
}

function slotOf({ salesTeamId, userId, at }: Departure, managerId: string): string {
  return `departure:${salesTeamId}:${userId}:${at}:${managerId}`;
}

/**
 * A roster was changed: the cards of those who come or go say so, and the managers are asked about the leads of who has
 * gone, or was looked after by them. Whoever was asked when the account was deactivated is not asked again.
 */
export async function rosterChanged(work: Work, before: Team, team: Team): Promise<void> {
  const membersOf = ({ reps, managers }: Team): string[] => [...new Set([...reps, ...managers])];
  const left = membersOf(before).filter((id) => !isMember(team, id));
  const come = membersOf(team).filter((id) => !isMember(before, id));
  for (const userId of [...left, ...come]) {
    const held = await heldLeads(work, team.id, userId);
    for (const { id } of held) await refreshCard(work, id);
    if (held.length > 0 && left.includes(userId)) await askAbout(work, team, userId);
  }
  for (const userId of before.reps.filter((id) => !team.reps.includes(id)))
    await askAboutUncovered(work, team, userId);
}

async function askAbout(work: Work, team: Team, userId: string): Promise<void> {
  const data = { salesTeamId: team.id, userId, at: work.now };
  const gone = (await openAbsences(work, [userId])).find(({ why }) => why === 'deactivated');
  for (const managerId of team.managers) {
    const asked = gone ? [absenceSlot(gone, team, managerId)] : [];
    if ((await livingSlots(work.db, work.workspace.teamId, asked)).size > 0) continue;
    const slot = slotOf(data, managerId);
    await postDirect(work, message({ ...data, reader: managerId }), managerId, slot, slot);
  }
}

/**
 * A manager has the leads given to others, or leaves them; who is in the roster again keeps them.
 * @throws Refusal for who is no manager
 */
export async function decideOnDeparture(
  work: Work,
  data: Departure,
  { by, handOn }: { by: string; handOn: boolean },
): Promise<void> {
  const team = await teamById(work, data.salesTeamId);
  if (!isManager(team, by))
    throw new Refusal(`A manager decides this: ${team.managers.map(user).join(', ')}. Nothing was changed.`);
  const outcome = await outcomeOf();
  for (const managerId of team.managers)
    await updateSlot(work, message({ ...data, reader: managerId, outcome }), slotOf(data, managerId));

  async function outcomeOf(): Promise<Outcome> {
    if (isMember(team, data.userId)) return { by, how: 'back', ...nothingMoved };
    if (!handOn) return { by, how: 'left', ...nothingMoved };
    return handLeadsOn(work, team, { from: data.userId, by, why: 'has left the roster', isGone: true });
  }
}
