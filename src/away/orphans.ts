import { postDirect } from '../outbox/enqueue.ts';
import { line } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import { openAbsences } from '../team/people/store.ts';
import { channelsOf, teamsOfMember } from '../team/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';

/** Tells the reps of teams whose last manager has gone with this account that one of them has to take it over. */
export async function tellOfOrphans(work: Work, userId: string): Promise<void> {
  for (const team of await teamsOfMember(work, userId)) {
    if (!team.managers.includes(userId)) continue;
    const gone = await deactivated(work, team);
    if (!team.managers.every((id) => gone.has(id))) continue;
    const [channelId] = await channelsOf(work.db, work.workspace.teamId, team.id);
    const where = channelId === undefined ? 'its lead channel' : `<#${channelId}>`;
    const text = `:warning: Nobody manages ${line(team.name, 60)} any more: the account of its last manager was deactivated. Any rep can choose a manager: type \`/leads setup\` in ${where}.`;
    for (const rep of team.reps)
      if (!gone.has(rep))
        await postDirect(work, note.of({ text }), rep, `orphan:${team.id}:${rep}:${work.now}`);
  }
}

async function deactivated(work: Work, { reps, managers }: Team): Promise<Set<string>> {
  const absences = await openAbsences(work, [...reps, ...managers]);
  return new Set(absences.filter(({ why }) => why === 'deactivated').map((absence) => absence.user_id));
}
