import type { LeadDraft } from '../intake/draft.ts';
import { recordAudit } from '../db/audit.ts';
import { duplicateMessage, duplicateSlot } from '../intake/probable.ts';
import { leadById, updateLead } from '../lead/store.ts';
import { updateSlot } from '../outbox/enqueue.ts';
import { teamOfChannel } from '../team/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { type Correction, correctLead, correctSignal, sayWithdrawn } from './corrections.ts';
import { type SlackPost, postUnits } from './post-text.ts';
import { readTaught } from './read-taught.ts';
import { receivePost } from './receive.ts';
import { rulesFor } from './rules-for.ts';
import { arrivedPost, forgetArrival, postKey, saveEditedTs, saveWaitingDraft, setUpAt } from './store.ts';

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
  const arrived = await arrivedPost(work, key);
  if (arrived?.edited_ts != null && editedTs <= arrived.edited_ts) return;
  if (!arrived) {
    // The post itself may still be on its way; but one from before the team was there is no lead of theirs.
    if (Number(post.ts) * 1000 < (await setUpAt(work, team.id))) return;
    await receivePost(work, channelId, post);
  } else {
    const rules = await rulesFor(work, channelId, post);
    const is = readTaught(post, rules);
    const was = before === undefined ? null : readTaught(before, rules);
    if (arrived.outcome === 'not_lead' || arrived.outcome === 'failed') {
      if (is === null) return;
      await forgetArrival(work, key);
      await receivePost(work, channelId, post);
    } else if (arrived.lead_id !== null) {
      await follow(work, key, arrived.outcome, arrived.lead_id, { team, edit, was, is });
    }
  }
  await saveEditedTs(work, key, editedTs);
}

interface Followed {
  team: Team;
  edit: PostEdit;
  was: LeadDraft | null;
  is: LeadDraft | null;
}

async function follow(
  work: Work,
  key: string,
  outcome: string,
  leadId: number,
  { team, edit, was, is }: Followed,
): Promise<void> {
  if (is === null) {
    if (outcome === 'lead' && was !== null) await sayWithdrawn(work, leadId, team, 'no_lead');
    return;
  }
  const { channelId, post } = edit;
  const by = typeof post.user === 'string' ? post.user : 'app';
  const correction: Correction = { team, place: { channelId, ts: post.ts }, was, is, by };
  if (outcome === 'lead') await correctLead(work, leadId, correction);
  else if (outcome === 'signal') await correctSignal(work, leadId, correction);
  else if (outcome === 'probable') {
    const id = await saveWaitingDraft(work, leadId, key, is);
    if (id !== undefined) await updateSlot(work, duplicateMessage(id), duplicateSlot(id));
  }
}

/** Takes in that a post was deleted: its lead says so, and keeps everything. Twice, or of no lead, it changes nothing. */
export async function takeDeletion(
  work: Work,
  { channelId, ts, deletedTs }: { channelId: string; ts: string; deletedTs: string },
): Promise<void> {
  const key = postKey(channelId, ts);
  const arrived = await arrivedPost(work, key);
  const team = await teamOfChannel(work, channelId);
  if (!team || arrived?.outcome !== 'lead' || arrived.lead_id === null) return;
  const lead = await leadById(work, arrived.lead_id);
  const isOrigin = lead.origin_channel_id === channelId && lead.origin_ts === ts;
  if (!isOrigin || lead.origin_deleted_at !== null) return;
  await updateLead(work.db, lead.id, { origin_deleted_at: work.now });
  await saveEditedTs(work, key, deletedTs);
  await recordAudit(work, { actor: 'app', action: 'lead.post_deleted', leadId: lead.id });
  await sayWithdrawn(work, lead.id, team, 'deleted');
}

function saysTheSame(before: SlackPost, post: SlackPost): boolean {
  return JSON.stringify(postUnits(before)) === JSON.stringify(postUnits(post));
}
