import type { ModalView } from '@slack/types';
import { recordAudit } from '../db/audit.ts';
import type { RoutingMode } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { post } from '../outbox/enqueue.ts';
import { user } from '../slack/kit.ts';
import type { Submission } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { listValue, textValue } from '../slack/payload.ts';
import { modeOf, modes } from '../team/blocks.ts';
import { channelsOf, saveRoutingOptions, teamById } from '../team/store.ts';
import { isManager, type RoutingOptions, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { dryRunModal, routingChanged, routingModal } from './blocks.ts';
import { candidatesOf, modeFor } from './candidates.ts';
import { hasRoom } from './choose.ts';
import { dryRun } from './dry-run.ts';
import { names, whyNot } from './explain.ts';
import { routeWaiting } from './routing.ts';

/** @throws Refusal for who is no manager of the team */
export async function openRouting(
  work: Work,
  salesTeamId: number,
  userId: string,
  isSaved = false,
): Promise<ModalView> {
  const team = await managedTeam(work, salesTeamId, userId);
  return routingModal(team, work.playbooks.current.playbook.ranks, isSaved);
}

/**
 * Whom the next ten leads would go to, by mode, and which ranks go by it as the form stands, saved or not.
 * @throws Refusal as `openRouting`
 */
export async function openDryRun(
  work: Work,
  salesTeamId: number,
  form: Pick<Submission, 'userId' | 'values'>,
): Promise<ModalView> {
  const saved = await managedTeam(work, salesTeamId, form.userId);
  const options = readOptions(work, form);
  const team = { ...saved, ...options };
  const reps = await candidatesOf(work, team, true);
  const order = Object.keys(modes) as RoutingMode[];
  const ranks = Object.keys(work.playbooks.current.playbook.ranks);
  const runs = order.map((mode) => ({
    mode,
    ranks: ranks.filter((rank) => modeFor(team, rank) === mode),
    results: dryRun(reps, mode, 10, work.now),
  }));
  // What is in use first.
  runs.sort((a, b) => Number(b.ranks.length > 0) - Number(a.ranks.length > 0));
  const out = reps.filter((rep) => !rep.availability.available || !hasRoom(rep));
  return dryRunModal(runs, {
    out: out.length === 0 ? null : `Left out: ${names(out, whyNot)}.`,
    isSaved: isSame(saved, options),
  });
}

/** Saves the form; what it changes is told in the lead channel, and leads that wait flow by it at once. */
export async function saveRouting(work: Work, salesTeamId: number, form: Submission): Promise<void> {
  const before = await managedTeam(work, salesTeamId, form.userId);
  const options = readOptions(work, form);
  if (isSame(before, options)) return;
  const team = await saveRoutingOptions(work, salesTeamId, options);
  await recordAudit(work, {
    actor: form.userId,
    action: 'team.routing_changed',
    detail: { salesTeamId, ...options },
  });
  const [channelId] = await channelsOf(work.db, work.workspace.teamId, salesTeamId);
  if (channelId !== undefined) {
    await post(work, note.of({ text: routingChanged(form.userId, team) }), { channelId });
  }
  await routeWaiting(work, team);
}

function readOptions(work: Work, form: Pick<Submission, 'values'>): RoutingOptions {
  const rankModes: RoutingOptions['rankModes'] = {};
  for (const rank of Object.keys(work.playbooks.current.playbook.ranks)) {
    const mode = modeOf(textValue(form, `mode_${rank}`));
    if (mode !== undefined) rankModes[rank] = mode;
  }
  const chosen = listValue(form, 'options');
  return {
    rankModes,
    sameAccountFirst: chosen.includes('same_account'),
    blindClaim: chosen.includes('blind'),
  };
}

function isSame(team: Team, options: RoutingOptions): boolean {
  const plain = ({ rankModes, sameAccountFirst, blindClaim }: RoutingOptions): string =>
    JSON.stringify([Object.entries(rankModes).sort(), sameAccountFirst, blindClaim]);
  return plain(team) === plain(options);
}

async function managedTeam(work: Work, salesTeamId: number, userId: string): Promise<Team> {
  const team = await teamById(work, salesTeamId);
  if (isManager(team, userId)) return team;
  throw new Refusal(
    `Only the team's managers can change its routing: ${team.managers.map(user).join(', ')}.`,
  );
}
