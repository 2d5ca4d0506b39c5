import type { LeadDraft } from '../intake/draft.ts';
import { recordAudit } from '../db/audit.ts';
import { answerByItself } from '../duplicates/duplicates.ts';
import { duplicateMessage, duplicateSlot } from '../intake/probable.ts';
import { arrivalOf } from '../intake/store.ts';
import { leadById, updateLead } from '../lead/store.ts';
import { updateSlot } from '../outbox/enqueue.ts';
import { teamOfChannel } from '../team/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { type Correction, correctLead, correctSignal, sayWithdrawn } from './corrections.ts';
import type { MappingRules } from './mapping.ts';
import { type SlackPost, postUnits } from './post-text.ts';
import { readTaught } from './read-taught.ts';
import { receivePost } from './receive.ts';
import { rulesFor } from './rules-for.ts';
import { forgetArrival, postKey, saveEditedTs, saveWaitingPost, setUpAt } from './store.ts';

export interface PostEdit {
  channelId: string;
  /** The post as it reads now. */
  post: SlackPost;
  /** As it read before; missing where only the history shows that it was edited. */
  before?: SlackPost;
  /** Slack's `ts` of the edit: later edits have greater ones. */
  editedTs: string;
}

/**
 * Takes in that a post was edited. The same edit twice, or one that comes after a later one, changes nothing; nor does
 * an edit that leaves the words as they were: an unfurled link, a reaction, a reply.
 */
export async function takeEdit(work: Work, edit: PostEdit): Promise<void> {
  const { channelId, post, before, editedTs } = edit;
  const team = await teamOfChannel(work, channelId);
  if (!team || (before !== undefined && saysTheSame(before, post))) return;
  const key = postKey(channelId, post.ts);
  const arrived = await arrivalOf(work, key);
  if (arrived?.edited_ts != null && editedTs <= arrived.edited_ts) return;
  if (!arrived) {
    // The post itself may still be on its way; but one from before the team was there is no lead of theirs.
    if (Number(post.ts) * 1000 < (await setUpAt(work, team.id))) return;
    await receivePost(work, channelId, post);
  } else {
    const rules = await rulesFor(work, channelId, post);
    const was = before === undefined ? null : readHere(work, before, rules);
    await takeReading(work, arrived, { team, channelId, post, was, is: readHere(work, post, rules) });
  }
  await saveEditedTs(work, key, editedTs);
}

/**
 * Reads a post again by what was taught since, and takes over what that changes.
 * @param rulesBefore how it was read the first time
 * @returns whether a lead follows from it or follows it
 */
export async function rereadPost(
  work: Work,
  channelId: string,
  post: SlackPost,
  rulesBefore: MappingRules,
): Promise<boolean> {
  const team = await teamOfChannel(work, channelId);
  const arrived = await arrivalOf(work, postKey(channelId, post.ts));
  if (!team || !arrived) return false;
  const was = readHere(work, post, rulesBefore);
  const is = readHere(work, post, await rulesFor(work, channelId, post));
  await takeReading(work, arrived, { team, channelId, post, was, is });
  return is !== null;
}

function readHere(work: Work, post: SlackPost, rules: MappingRules): LeadDraft | null {
  return readTaught(post, rules, { region: work.playbooks.current.playbook.phoneCountry });
}

interface Reading {
  team: Team;
  channelId: string;
  post: SlackPost;
  was: LeadDraft | null;
  is: LeadDraft | null;
}

type Arrived = NonNullable<Awaited<ReturnType<typeof arrivalOf>>>;

async function takeReading(
  work: Work,
  { outcome, lead_id: leadId }: Arrived,
  reading: Reading,
): Promise<void> {
  const { team, channelId, post, was, is } = reading;
  const key = postKey(channelId, post.ts);
  if (outcome === 'not_lead' || outcome === 'failed') {
    if (is === null) return;
    await forgetArrival(work, key);
    await receivePost(work, channelId, post);
    return;
  }
  if (leadId === null) return;
  if (outcome === 'probable') {
    await followWaiting(work, leadId, key, is === null ? { post: 'no_lead' } : { draft: is });
  } else if (is === null) {
    if (outcome === 'lead' && was !== null) await sayWithdrawn(work, leadId, team, 'no_lead');
  } else {
    const by = typeof post.user === 'string' ? post.user : 'app';
    const correction: Correction = { team, place: { channelId, ts: post.ts }, was, is, by };
    if (outcome === 'lead') await correctLead(work, leadId, correction);
    else if (outcome === 'signal') await correctSignal(work, leadId, correction);
  }
}

/** The question about it shows what the post says now; where that answers it, nobody has to. */
async function followWaiting(
  work: Work,
  leadId: number,
  key: string,
  change: Parameters<typeof saveWaitingPost>[3],
): Promise<void> {
  const id = await saveWaitingPost(work, leadId, key, change);
  if (id === undefined) return;
  if ('draft' in change && (await answerByItself(work, id))) return;
  await updateSlot(work, duplicateMessage(id), duplicateSlot(id));
}

/** Takes in that a post was deleted: its lead says so, and keeps everything. Twice, or of no lead, it changes nothing. */
export async function takeDeletion(
  work: Work,
  { channelId, ts, deletedTs }: { channelId: string; ts: string; deletedTs: string },
): Promise<void> {
  const key = postKey(channelId, ts);
  const arrived = await arrivalOf(work, key);
  const team = await teamOfChannel(work, channelId);
  if (!team || arrived?.lead_id == null) return;
  const { outcome, lead_id: leadId, edited_ts: editedTs } = arrived;
  if (outcome === 'lead') await markDeleted(work, leadId, team, { channelId, ts });
  else if (editedTs !== null && deletedTs <= editedTs) return;
  else if (outcome === 'signal') await sayWithdrawn(work, leadId, team, 'later_deleted');
  else if (outcome === 'probable') await followWaiting(work, leadId, key, { post: 'deleted' });
  else return;
  if (editedTs === null || deletedTs > editedTs) await saveEditedTs(work, key, deletedTs);
}

async function markDeleted(
  work: Work,
  leadId: number,
  team: Team,
  { channelId, ts }: { channelId: string; ts: string },
): Promise<void> {
  const lead = await leadById(work, leadId);
  const isOrigin = lead.origin_channel_id === channelId && lead.origin_ts === ts;
  if (!isOrigin || lead.origin_deleted_at !== null) return;
  await updateLead(work.db, lead.id, { origin_deleted_at: work.now });
  await recordAudit(work, { actor: 'app', action: 'lead.post_deleted', leadId: lead.id });
  await sayWithdrawn(work, lead.id, team, 'deleted');
}

function saysTheSame(before: SlackPost, post: SlackPost): boolean {
  return JSON.stringify(postUnits(before)) === JSON.stringify(postUnits(post));
}
