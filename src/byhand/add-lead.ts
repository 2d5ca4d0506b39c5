import { randomUUID } from 'node:crypto';
import type { ModalView } from '@slack/types';
import { Refusal } from '../errors.ts';
import { type Admitted, admit } from '../intake/admit.ts';
import type { LeadDraft } from '../intake/draft.ts';
import { takeLead } from '../lead/claim.ts';
import type { SlackPost } from '../posts/post-text.ts';
import { postKey } from '../posts/store.ts';
import { readPost } from '../posts/read-post.ts';
import type { Team } from '../team/team.ts';
import { teamOfChannel, teamsOfMarketingChannel, teamsOfMember } from '../team/store.ts';
import { saveProgress } from '../touch/touch.ts';
import type { Work } from '../work.ts';
import { ownCard } from '../posts/lessons.ts';
import { knownText } from './outcome-text.ts';
import { addForm, mayTake } from './blocks.ts';
import { type FormMemory, remembered } from './form.ts';
import { prefillFrom } from './prefill.ts';
import { leadOfArrival } from './store.ts';

/**
 * The form for somebody to type a lead.
 * @param channelId where they are, if that is known
 * @param typed what they have typed already, as behind "New lead:"
 * @throws Refusal for an outsider
 */
export async function openAddForm(
  work: Work,
  userId: string,
  channelId?: string,
  typed = '',
): Promise<ModalView> {
  const teams = await teamsToAddFor(work, userId, channelId);
  const post = { ts: '', user: userId, text: typed.trim() };
  const found = readPost({ ...post, text: `Lead: ${post.text}` }) ?? prefillFrom(post);
  const memory = { key: `hand:${randomUUID()}`, channelId, read: remembered(found) };
  return formFor(teams, memory, found, userId);
}

/**
 * The form, filled in from a message of any channel that the person can see.
 * @throws Refusal for an outsider, and where the message is a lead already
 */
export async function openTrackForm(
  work: Work,
  userId: string,
  channelId: string,
  message: SlackPost,
): Promise<ModalView> {
  if (message.user === work.workspace.botUserId) {
    throw new Refusal(ownCard);
  }
  const teams = await teamsToAddFor(work, userId, channelId);
  const key = `hand:${channelId}:${message.ts}`;
  const known = await leadOfArrival(work, [key, postKey(channelId, message.ts)]);
  if (known) throw new Refusal(await knownText(work, known));
  const found = prefillFrom(message);
  const origin = { channelId, ts: message.ts };
  return formFor(teams, { key, channelId, origin, read: remembered(found) }, found, userId);
}

function formFor(
  teams: readonly Team[],
  memory: FormMemory,
  found: Partial<LeadDraft>,
  userId: string,
): ModalView {
  const [team] = teams;
  const one = teams.length === 1 && team ? { teamId: team.id } : {};
  return addForm({ memory: { ...memory, ...one }, teams, found, userId });
}

/**
 * Takes in what somebody has typed. Who wants to keep it gets it, unless it is held, known, or given to somebody by
 * the team's routing.
 * @param teamId the team that was chosen
 * @throws Refusal when the person may not add leads for that team any more
 */
export async function addLead(
  work: Work,
  added: { userId: string; teamId: number; keep: boolean; memory: FormMemory; draft: LeadDraft },
): Promise<{ team: Team; admitted: Admitted }> {
  const { userId, memory, draft } = added;
  const team = (await teamsToAddFor(work, userId, memory.channelId)).find(({ id }) => id === added.teamId);
  if (!team) throw new Refusal('You are not in that team any more. Open the form again and choose another.');
  const here = memory.channelId === undefined ? undefined : await teamOfChannel(work, memory.channelId);
  const admitted = await admit(work, {
    team,
    way: 'hand',
    key: memory.key,
    draft,
    by: userId,
    origin: memory.origin,
    channelId: here?.id === team.id ? memory.channelId : undefined,
  });
  if (!added.keep || !mayTake(team, userId)) return { team, admitted };
  if (admitted.outcome !== 'lead' || admitted.lead.state !== 'offered') return { team, admitted };
  const owned = await takeLead(work, admitted.lead, userId);
  if (!owned) return { team, admitted };
  return { team, admitted: { outcome: 'lead', lead: await saveProgress(work, owned, team) } };
}

/**
 * The teams somebody may add a lead for: that of the lead channel they are in, those of the marketing channel, and
 * anywhere else those they belong to. @throws Refusal when there is none
 */
async function teamsToAddFor(work: Work, userId: string, channelId: string | undefined): Promise<Team[]> {
  if (channelId !== undefined) {
    const here = await teamOfChannel(work, channelId);
    if (here) return [here];
    const reporting = await teamsOfMarketingChannel(work, channelId);
    if (reporting.length > 0) return reporting;
  }
  const own = await teamsOfMember(work, userId);
  if (own.length > 0) return own;
  throw new Refusal(
    'I don’t know for which team this lead is: you are in none. Type `/leads add` in a lead channel or in the marketing channel, or ask a manager to add you with `/leads setup`.',
  );
}
