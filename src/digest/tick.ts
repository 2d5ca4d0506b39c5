import { nextWeekly, startOfLocalWeek } from '../calendar/recurring.ts';
import { localDate } from '../calendar/zone.ts';
import { post } from '../outbox/enqueue.ts';
import { saveNextDigest, teamsWithDigestDue } from '../team/store.ts';
import type { Found, Work } from '../work.ts';
import { digestMessage } from './messages.ts';

/**
 * Posts the digests that are due, on the week (Monday to Sunday, the team's zone) before the present one. After
 * downtime it comes once, late; weeks that nobody was told about are not made up for.
 */
export async function tickDigests(work: Work): Promise<Found> {
  const { digest } = work.playbooks.current.playbook;
  const teams = await teamsWithDigestDue(work);
  for (const team of teams) {
    const { zone } = team.calendar;
    const to = startOfLocalWeek(zone, work.now);
    const from = startOfLocalWeek(zone, to - 1);
    await post(work, digestMessage.of({ salesTeamId: team.id, from, to, weekly: true }), {
      channelId: team.marketingChannelId,
      // The date, not the instant: a team that moves to another zone gets no second one.
      dedupeKey: `digest:${team.id}:${localDate(zone, to)}`,
    });
    await saveNextDigest(work.db, team.id, nextWeekly(zone, digest, work.now));
  }
  return teams.length === 0 ? 'nothing' : 'something';
}
