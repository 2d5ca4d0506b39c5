import { line, user } from '../slack/kit.ts';
import { dayList, modes } from './blocks.ts';
import type { TeamSettings } from './team.ts';

/**
 * What a new setup changes, as parts of a sentence in mrkdwn. Of people only those are named who come or go: naming
 * calls them.
 */
export function setupChanges(before: TeamSettings, after: TeamSettings): string[] {
  const changes: string[] = [];
  const tell = (what: string, value: (settings: TeamSettings) => string): void => {
    if (value(before) !== value(after)) changes.push(`${what} ${value(after)} (was ${value(before)})`);
  };
  tell('name', ({ name }) => line(name, 60));
  if (before.mode !== after.mode) changes.push(`${modes[after.mode].said} (was: ${modes[before.mode].said})`);
  tell('days', ({ workingDays }) => dayList(workingDays));
  tell('hours', ({ dayStart, dayEnd }) => `${dayStart}–${dayEnd}`);
  tell('time zone', ({ zone }) => zone);
  tell('public holidays of', ({ region }) => region ?? 'no region');
  tell('digest to', ({ marketingChannelId }) => `<#${marketingChannelId}>`);
  return [
    ...changes,
    ...peopleChanges('reps', before.reps, after.reps),
    ...(isReordered(before.reps, after.reps) ? ['reps in another order'] : []),
    ...peopleChanges('managers', before.managers, after.managers),
  ];
}

function isReordered(before: readonly string[], after: readonly string[]): boolean {
  const stayed = before.filter((id) => after.includes(id));
  return stayed.join() !== after.filter((id) => before.includes(id)).join();
}

function peopleChanges(role: string, before: readonly string[], after: readonly string[]): string[] {
  const come = after.filter((id) => !before.includes(id));
  const gone = before.filter((id) => !after.includes(id));
  const parts: string[] = [];
  if (come.length > 0) parts.push(`new ${role}: ${come.map(user).join(', ')}`);
  if (gone.length > 0) parts.push(`no longer ${role}: ${gone.map(user).join(', ')}`);
  return parts;
}
