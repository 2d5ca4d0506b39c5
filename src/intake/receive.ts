import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { cardSlot, leadCardMessage, refreshCard } from '../lead/card-slot.ts';
import { insertLead, leadByEmail } from '../lead/store.ts';
import { leadName, permalink } from '../lead/lead.ts';
import { post, postEphemeral } from '../outbox/enqueue.ts';
import { messageOfSlot } from '../outbox/store.ts';
import { routeLead } from '../routing/routing.ts';
import { line } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import type { Team } from '../team/team.ts';
import { teamOfChannel } from '../team/store.ts';
import type { Work } from '../work.ts';
import { accountKey, normaliseEmail } from './account.ts';
import type { LeadDraft } from './draft.ts';
import { repeatedSignal } from './messages.ts';
import type { SlackPost } from './post-text.ts';
import { rankOf } from './rank.ts';
import { authorOf, lacksContact, readPost } from './read-post.ts';
import { isKnownPost, leadByPhone, savePost } from './store.ts';

export type Received =
  { outcome: 'lead' | 'signal'; lead: LeadRow } | { outcome: 'not_lead' | 'repeat' | 'no_team' };

/**
 * Takes in one post of a channel: read, de-duplicated, ranked, routed, its card on the way, all in the transaction of
 * `work`. The same post twice changes nothing.
 */
export async function receivePost(work: Work, channelId: string, message: SlackPost): Promise<Received> {
  const team = await teamOfChannel(work, channelId);
  if (!team) return { outcome: 'no_team' };
  const key = { channelId, ts: message.ts };
  if (await isKnownPost(work, key)) return { outcome: 'repeat' };
  const author = authorOf(message);
  const draft = readPost(message);
  if (!draft) {
    await savePost(work, key, 'not_lead', null);
    if (author !== null && lacksContact(message)) await whisper(work, channelId, author, contactMissing);
    return { outcome: 'not_lead' };
  }
  const known = await knownLead(work, team, draft);
  if (known) {
    await savePost(work, key, 'signal', known.id);
    // A card that somebody deleted is posted anew, before what belongs into its thread.
    await refreshCard(work, known.id);
    await post(work, repeatedSignal.of({ leadId: known.id, originTs: message.ts, source: draft.source }), {
      channelId: known.channel_id,
      threadSlot: cardSlot(known.id),
    });
    if (author !== null) await whisper(work, channelId, author, await knownAlready(work, known));
    return { outcome: 'signal', lead: known };
  }
  const lead = await createLead(work, team, draft, key);
  await savePost(work, key, 'lead', lead.id);
  return { outcome: 'lead', lead };
}

const contactMissing =
  'I made no card: I need a mail address or a phone number. Post it again, like: `New lead: Dorothy Vaughan, dorothy@west.example, West Computing, met at the trade fair`';

async function knownAlready(work: Work, lead: LeadRow): Promise<string> {
  const card = await messageOfSlot(work.db, work.workspace.teamId, cardSlot(lead.id));
  const thread =
    card === undefined
      ? "the card's thread"
      : `<${permalink(work.workspace.url, card.channelId, card.ts)}|the card's thread>`;
  return `*${line(leadName(lead), 80)}* is known already. I added your post to ${thread}.`;
}

async function whisper(work: Work, channelId: string, userId: string, text: string): Promise<void> {
  await postEphemeral(work, note.of({ text }), { channelId, userId });
}

/** Mail decides; a phone number only where one of the two has no mail: colleagues share numbers. */
async function knownLead(work: Work, team: Team, draft: LeadDraft): Promise<LeadRow | undefined> {
  const { email, phone } = draft;
  const byMail = email === null ? undefined : await leadByEmail(work, team.id, normaliseEmail(email));
  if (byMail !== undefined || !phone?.startsWith('+')) return byMail;
  return leadByPhone(work, team.id, phone, email === null);
}

async function createLead(
  work: Work,
  team: Team,
  draft: LeadDraft,
  origin: { channelId: string; ts: string },
): Promise<LeadRow> {
  const { version, playbook } = work.playbooks.current;
  const source = draft.source ?? 'Unknown source';
  const { rank, reason } = rankOf(source, playbook, draft.message);
  const lead = await insertLead(work.db, {
    team_id: work.workspace.teamId,
    sales_team_id: team.id,
    channel_id: origin.channelId,
    origin_ts: origin.ts,
    state: 'offered',
    name: draft.name,
    email: draft.email,
    email_key: draft.email === null ? null : normaliseEmail(draft.email),
    phone: draft.phone,
    account: draft.account,
    account_key: accountKey(draft),
    title: draft.title,
    source,
    message: draft.message,
    rank,
    rank_reason: reason,
    playbook_version: version,
    cadence_epoch: 1,
    cadence_started_at: work.now,
    attempts: 0,
    created_at: work.now,
  });
  await recordAudit(work, {
    actor: 'app',
    action: 'lead.arrived',
    leadId: lead.id,
    detail: { source, rank },
  });
  const routed = await routeLead(work, lead, team);
  await post(work, leadCardMessage(lead.id), {
    channelId: lead.channel_id,
    slot: cardSlot(lead.id),
    dedupeKey: cardSlot(lead.id),
  });
  return routed;
}
