import type { ModalView } from '@slack/types';
import { DAY } from '../calendar/civil.ts';
import { nextWeekly } from '../calendar/recurring.ts';
import { recordAudit } from '../db/audit.ts';
import { Refusal } from '../errors.ts';
import { line, user } from '../slack/kit.ts';
import type { Work } from '../work.ts';
import { setupModal, type TeamElsewhere } from './blocks.ts';
import { setupChanges } from './changes.ts';
import {
  channelsOf,
  nextDigest,
  saveTeam,
  teamById,
  teamOfChannel,
  teamsOfMarketingChannel,
  teamsOfMember,
} from './store.ts';
import { forgetTurns, openAbsences } from './people/store.ts';
import { isManager, settingsOf, type Team, type TeamSettings } from './team.ts';

/**
 * The form for a channel's team. The first time anybody in the channel may fill it in; from then on its managers.
 * @throws Refusal
 */
export async function openSetup(work: Work, channelId: string, userId: string): Promise<ModalView> {
  const team = await teamToSetUp(work, channelId, userId);
  const elsewhere = team ? [] : await teamsElsewhere(work, userId);
  const shown = team && (await withoutDeactivated(work, team));
  return setupModal(channelId, shown, work.playbooks.current.playbook.working, userId, elsewhere);
}

/** Slack fills no form with accounts that are gone, and a saved form takes them out of the roster. */
async function withoutDeactivated(work: Work, team: Team): Promise<Team> {
  const gone = await deactivatedOf(work, [...team.reps, ...team.managers]);
  const stay = (ids: readonly string[]): string[] => ids.filter((id) => !gone.has(id));
  return { ...team, reps: stay(team.reps), managers: stay(team.managers) };
}

async function deactivatedOf(work: Work, userIds: readonly string[]): Promise<Set<string>> {
  const absences = await openAbsences(work, userIds);
  return new Set(absences.filter(({ why }) => why === 'deactivated').map((absence) => absence.user_id));
}

export interface SavedSetup {
  team: Team;
  /** As it was; undefined for a new one. */
  before: Team | undefined;
  /** What is different now, as parts of a sentence; empty for a new team, or when nothing is. */
  changes: string[];
}

/** Saves the form. @throws Refusal when somebody else has set the channel up in the meantime */
export async function saveSetup(
  work: Work,
  channelId: string,
  userId: string,
  settings: TeamSettings,
): Promise<SavedSetup> {
  const before = await teamToSetUp(work, channelId, userId);
  const changes = before ? setupChanges(settingsOf(before), settings) : [];
  if (before && changes.length === 0) return { team: before, before, changes };
  const team = await saveTeam(work, channelId, settings, await digestAfter(work, before, settings.zone));
  const left = before?.reps.filter((id) => !team.reps.includes(id)) ?? [];
  await forgetTurns(work.db, team.id, left);
  const action = before ? 'team.changed' : 'team.created';
  await recordAudit(work, { actor: userId, action, detail: { salesTeamId: team.id, ...settings } });
  return { team, before, changes };
}

/** @throws Refusal for who is no manager of the team */
export async function teamManagedBy(work: Work, salesTeamId: number, userId: string): Promise<Team> {
  const team = await teamById(work, salesTeamId);
  if (isManager(team, userId)) return team;
  throw new Refusal(`Only the team's managers can change its setup: ${team.managers.map(user).join(', ')}.`);
}

/**
 * When the next digest is due after the setup was saved. It is the one of the same week as before, in the new zone:
 * also when that moment has passed, so that saving between the due time and the tick drops no digest.
 */
async function digestAfter(work: Work, before: Team | undefined, zone: string): Promise<number> {
  const { digest } = work.playbooks.current.playbook;
  if (!before) return nextWeekly(zone, digest, work.now);
  return nextWeekly(zone, digest, (await nextDigest(work.db, before.id)) - 3 * DAY);
}

/** @throws Refusal where no leads arrive, or for somebody who may not change the setup */
async function teamToSetUp(work: Work, channelId: string, userId: string): Promise<Team | undefined> {
  const team = await teamOfChannel(work, channelId);
  if (team) {
    if (isManager(team, userId)) return team;
    const gone = await deactivatedOf(work, team.managers);
    const isOrphan = team.managers.every((id) => gone.has(id));
    if (isOrphan && team.reps.includes(userId)) return team;
    const managers = team.managers.map(user).join(', ');
    throw new Refusal(`Only the team's managers can change its setup: ${managers}.`);
  }
  if (channelId.startsWith('D')) {
    throw new Refusal('This is a direct message. Type `/leads setup` in the channel where leads arrive.');
  }
  const [reporting] = await teamsOfMarketingChannel(work, channelId);
  if (reporting) {
    throw new Refusal(
      `<#${channelId}> gets ${line(reporting.name, 60)}'s digest. Type \`/leads setup\` in the channel where leads arrive.`,
    );
  }
  return undefined;
}

async function teamsElsewhere(work: Work, userId: string): Promise<TeamElsewhere[]> {
  const found: TeamElsewhere[] = [];
  for (const { id, name } of await teamsOfMember(work, userId)) {
    const [channelId] = await channelsOf(work.db, work.workspace.teamId, id);
    if (channelId !== undefined) found.push({ name, channelId });
  }
  return found;
}
