import type { LeadRow } from '../db/schema.ts';
import { admit } from '../intake/admit.ts';
import { cardUrl } from '../intake/card-url.ts';
import { askedText } from '../intake/probable.ts';
import { isKnownArrival, saveArrival } from '../intake/store.ts';
import { leadName } from '../lead/lead.ts';
import { post, postEphemeral } from '../outbox/enqueue.ts';
import { line } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import { teamOfChannel } from '../team/store.ts';
import type { Work } from '../work.ts';
import type { SlackPost } from './post-text.ts';
import { offerTeaching } from './offer-teaching.ts';
import { authorOf, lacksContact } from './read-post.ts';
import { readTaught } from './read-taught.ts';
import { rulesFor } from './rules-for.ts';
import { postKey } from './store.ts';

export type Received =
  { outcome: 'lead' | 'signal'; lead: LeadRow } | { outcome: 'probable' | 'not_lead' | 'repeat' | 'no_team' };

/**
 * Takes in one post of a channel: read, and admitted where it is a lead, all in the transaction of `work`. The same
 * post twice changes nothing.
 */
export async function receivePost(work: Work, channelId: string, message: SlackPost): Promise<Received> {
  const team = await teamOfChannel(work, channelId);
  if (!team) return { outcome: 'no_team' };
  const key = postKey(channelId, message.ts);
  const author = authorOf(message);
  const draft = readTaught(message, await rulesFor(work, channelId, message));
  if (!draft) {
    if (await isKnownArrival(work, key)) return { outcome: 'repeat' };
    await saveArrival(work, key, 'not_lead');
    if (author === null) await offerTeaching(work, team, channelId, message);
    else if (lacksContact(message)) await whisper(work, channelId, author, contactMissing);
    return { outcome: 'not_lead' };
  }
  const origin = { channelId, ts: message.ts };
  const by = author ?? undefined;
  const admitted = await admit(work, { team, way: 'post', key, draft, channelId, origin, by });
  if (author !== null) {
    const sentence = await outcomeText(work, admitted, team.marketingChannelId);
    if (sentence !== undefined) await whisper(work, channelId, author, sentence);
  } else {
    const text = await replyText(work, admitted, team.marketingChannelId);
    if (text !== undefined) await post(work, note.of({ text }), { channelId, threadTs: message.ts });
  }
  return admitted;
}

/** What stands below an app's post that no card follows, so that it does not look overlooked. It mentions nobody. */
async function replyText(
  work: Work,
  admitted: Awaited<ReturnType<typeof admit>>,
  marketingChannelId: string,
): Promise<string | undefined> {
  switch (admitted.outcome) {
    case 'signal':
      return `Known: ${await linked(work, admitted.lead)}. It is in that thread.`;
    case 'probable':
      return `May be ${await linked(work, admitted.like)}: a manager is asked.`;
    case 'lead':
      return admitted.lead.state === 'held'
        ? `Held: marketing looks first in <#${marketingChannelId}>.`
        : undefined;
    case 'repeat':
      return undefined;
  }
}

async function linked(work: Work, lead: LeadRow): Promise<string> {
  const url = await cardUrl(work, lead.id);
  const name = line(leadName(lead), 80);
  return url === undefined ? `*${name}*` : `<${url}|${name}>`;
}

const contactMissing =
  'I made no card: I need a mail address or a phone number. Edit your post to read like: `New lead: Dorothy Vaughan, dorothy@west.example, West Computing, met at the trade fair`';

/** What a colleague who posted a lead hears where no card shows it. */
async function outcomeText(
  work: Work,
  admitted: Awaited<ReturnType<typeof admit>>,
  marketingChannelId: string,
): Promise<string | undefined> {
  switch (admitted.outcome) {
    case 'signal':
      return knownAlready(work, admitted.lead);
    case 'probable':
      return askedText(admitted.like);
    case 'lead':
      return admitted.lead.state === 'held'
        ? `Thank you. Before it goes to a rep, marketing has a look at it in <#${marketingChannelId}>.`
        : undefined;
    case 'repeat':
      return undefined;
  }
}

async function knownAlready(work: Work, lead: LeadRow): Promise<string> {
  const url = await cardUrl(work, lead.id);
  const thread = url === undefined ? "the card's thread" : `<${url}|the card's thread>`;
  return `*${line(leadName(lead), 80)}* is known already. I added your post to ${thread}.`;
}

async function whisper(work: Work, channelId: string, userId: string, text: string): Promise<void> {
  await postEphemeral(work, note.of({ text }), { channelId, userId });
}
