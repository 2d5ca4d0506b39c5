import type { ModalView } from '@slack/types';
import { recordAudit } from '../../db/audit.ts';
import { Refusal } from '../../errors.ts';
import { postDirect } from '../../outbox/enqueue.ts';
import { line, user } from '../../slack/kit.ts';
import { note } from '../../slack/note.ts';
import type { Work } from '../../work.ts';
import { availabilityOf } from '../availability.ts';
import { repsOf } from '../reps.ts';
import { teamManagedBy } from '../setup.ts';
import type { Team } from '../team.ts';
import { repModal, repsModal, settingsText } from './blocks.ts';
import type { RepValues } from './form.ts';
import { repRows, saveRep } from './store.ts';

/** The list of a team's reps. @throws Refusal for who is no manager of it */
export async function openReps(
  work: Work,
  salesTeamId: number,
  by: string,
  saved?: string,
): Promise<ModalView> {
  const team = await teamManagedBy(work, salesTeamId, by);
  const rows = new Map((await repRows(work, team.id)).map((row) => [row.user_id, row]));
  const availability = await availabilityOf(work, team);
  const reps = await repsOf(work, team);
  return repsModal(
    team,
    reps.map((rep) => {
      const now = availability.get(rep.userId);
      return { rep, row: rows.get(rep.userId), absent: now?.available === false ? now.why : undefined };
    }),
    saved,
  );
}

/** One rep's form. @throws Refusal for who is no manager, or chose somebody who is in the roster no more */
export async function openRep(
  work: Work,
  salesTeamId: number,
  userId: string,
  by: string,
): Promise<ModalView> {
  const team = await teamManagedBy(work, salesTeamId, by);
  const rep = (await repsOf(work, team)).find((each) => each.userId === userId);
  if (!rep) throw new Refusal(`${user(userId)} is not in the roster. Add them in the team's form first.`);
  const row = (await repRows(work, team.id)).find((each) => each.user_id === userId);
  const { routingRules } = work.playbooks.current.playbook;
  return repModal(team, rep, row, [...new Set(routingRules.map((rule) => rule.tag))]);
}

/** @throws Refusal as for the form */
export async function saveRepSettings(
  work: Work,
  team: Team,
  { userId, by, values }: { userId: string; by: string; values: RepValues },
): Promise<void> {
  if (!team.reps.includes(userId)) {
    throw new Refusal(`${user(userId)} has left the roster meanwhile. Nothing was saved.`);
  }
  await saveRep(work, team.id, userId, values);
  await recordAudit(work, {
    actor: by,
    action: 'rep.changed',
    detail: { salesTeamId: team.id, user: userId, ...values },
  });
  if (by !== userId) await tellRep(work, team, userId, by);
}

/** Whose settings a manager has changed reads what they are now. */
async function tellRep(work: Work, team: Team, userId: string, by: string): Promise<void> {
  const rep = (await repsOf(work, team)).find((each) => each.userId === userId);
  const row = (await repRows(work, team.id)).find((each) => each.user_id === userId);
  if (!rep) return;
  const text = `${user(by)} changed your settings in ${line(team.name, 60)}: ${settingsText({ rep, row, absent: undefined })}. Questions about them go to ${user(by)}.`;
  await postDirect(work, note.of({ text }), userId);
}
