import type { ModalView } from '@slack/types';
import { nextWeekly } from '../calendar/recurring.ts';
import { recordAudit } from '../db/audit.ts';
import { Refusal } from '../errors.ts';
import type { Work } from '../work.ts';
import { setupModal } from './blocks.ts';
import { saveTeam, teamOfChannel, type TeamSettings } from './store.ts';
import { isManager, type Team } from './team.ts';

/**
 * The form for a channel's team. The first time anybody in the channel may fill it in; from then on its managers.
 * @throws Refusal
 */
export async function openSetup(work: Work, channelId: string, userId: string): Promise<ModalView> {
  const team = await teamOfChannel(work, channelId);
  refuseUnlessManager(team, userId);
  return setupModal(channelId, team, work.playbooks.current.playbook.working, userId);
}

/** Saves the form. @throws Refusal when somebody else has set the channel up in the meantime */
export async function saveSetup(
  work: Work,
  channelId: string,
  userId: string,
  settings: TeamSettings,
): Promise<{ team: Team; isNew: boolean }> {
  const before = await teamOfChannel(work, channelId);
  refuseUnlessManager(before, userId);
  const { digest } = work.playbooks.current.playbook;
  const team = await saveTeam(work, channelId, settings, nextWeekly(settings.zone, digest, work.now));
  const action = before ? 'team.changed' : 'team.created';
  await recordAudit(work, { actor: userId, action, detail: { salesTeamId: team.id, ...settings } });
  return { team, isNew: !before };
}

function refuseUnlessManager(team: Team | undefined, userId: string): void {
  if (team && !isManager(team, userId)) {
    const managers = team.managers.map((id) => `<@${id}>`).join(', ');
    throw new Refusal(`Only the team's managers can change its setup: ${managers}.`);
  }
}
