import type { Rendered } from '../outbox/message.ts';
import { context, count, escape, fitting, header, section, user } from '../slack/kit.ts';
import type { RepStanding, Standup } from './standup.ts';

/** A message takes 50 blocks; beyond this many reps the least late are only counted. */
const shownReps = 40;

export function renderStandup(standup: Standup): Rendered {
  const late = standup.reps.reduce((sum, rep) => sum + rep.overdue, 0);
  const unclaimed =
    standup.unclaimed === 0 ? 'every lead has a rep' : `${count(standup.unclaimed, 'lead')} without a rep`;
  const summary = `${late === 0 ? 'Nobody is late' : `${count(late, 'lead')} late`}, ${unclaimed}.`;
  const shown = fitting(standup.reps.slice(0, shownReps).map((rep) => section(repText(rep))));
  const rest = standup.reps.length - shown.length;
  return {
    text: `Standup of ${escape(standup.teamName)}. ${summary}`,
    blocks: [
      header(`Standup: ${standup.teamName}`),
      section(summary),
      ...shown,
      ...(rest > 0 ? [context(`${count(rest, 'more rep')}, none of them later than these.`)] : []),
      context('Late counts from the due time in your team’s working hours. This week starts on Monday.'),
    ],
  };
}

function repText(rep: RepStanding): string {
  const attempts = rep.lateOn.map(({ attempt, leads }) => `attempt ${attempt}: ${leads}`).join(', ');
  const parts = [rep.overdue === 0 ? 'not late' : `:red_circle: *${rep.overdue} late* (${attempts})`];
  if (rep.dueToday > 0) parts.push(`${rep.dueToday} more due today`);
  if (rep.untouched > 0) parts.push(`*${rep.untouched} untouched*`);
  if (rep.repliesWaiting > 0)
    parts.push(`:speech_balloon: ${count(rep.repliesWaiting, 'reply', 'replies')} waiting`);
  if (rep.toClose > 0) parts.push(`${rep.toClose} to close`);
  parts.push(`${rep.open} open`);
  const qualified = rep.qualifiedThisWeek > 0 ? ` (${rep.qualifiedThisWeek} qualified)` : '';
  parts.push(`${rep.resolvedThisWeek} resolved this week${qualified}`);
  return `${user(rep.userId)}  ${parts.join(' · ')}`;
}
