import { z } from 'zod';
import { cardUrl } from '../intake/card-url.ts';
import { rankText } from '../intake/messages.ts';
import { leadName, leadTitle, permalink } from '../lead/lead.ts';
import { isBlind } from '../lead/permission.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { actions, button, line, section, user } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { changesText, draftChange, keptText } from './compare.ts';
import { senderTitle } from './sender.ts';
import { currentMapping } from './store.ts';

const correctedData = z.object({
  leadId: z.number(),
  post: z.object({ channelId: z.string(), ts: z.string() }),
  /** `lead`: the post it was made of; `signal`: a later one. */
  of: z.enum(['lead', 'signal']),
  changes: z.array(draftChange),
  /** What a later post says otherwise than the lead, which stays as it is. */
  kept: z.array(draftChange),
  /** Who else has the new mail address. */
  otherLeadId: z.number().nullable(),
  /** The rank before, where the correction has changed it. */
  wasRank: z.string().nullable(),
});

/** What an edit of the post has changed; who has the lead hears of it. */
export const postCorrected = defineMessage('post_corrected', correctedData, async (work, data) => {
  const lead = await leadById(work, data.leadId);
  const place = permalink(work.workspace.url, data.post.channelId, data.post.ts);
  const blind = isBlind(lead, await teamById(work, lead.sales_team_id));
  const which = data.of === 'lead' ? `The <${place}|post>` : `A later <${place}|post>`;
  const sentences =
    data.changes.length === 0
      ? []
      : [`${which} was corrected${blind ? '' : `: ${changesText(data.changes)}`}.`];
  if (data.kept.length > 0 && !blind)
    sentences.push(`A later <${place}|post> now names ${keptText(data.kept)}`);
  if (data.wasRank !== null) sentences.push(rankText(lead, data.wasRank));
  if (data.otherLeadId !== null && !blind) {
    sentences.push(
      `${await linkTo(work, data.otherLeadId)} has this mail address too. I keep both: if they are one person, close one as a duplicate.`,
    );
  }
  return {
    text: `The post about ${blind ? 'this lead' : line(leadName(lead), 80)} was corrected.`,
    blocks: [section(`:pencil2: ${mention(lead.owner_id)}${sentences.join(' ')}`)],
  };
});

/** The lead's title, as a link to its card where there is one. */
async function linkTo(work: Work, leadId: number): Promise<string> {
  const title = leadTitle(await leadById(work, leadId));
  const url = await cardUrl(work, leadId);
  return url === undefined ? title : `${title} (<${url}|its card>)`;
}

/** The post is gone, or says nothing of a lead any more; the lead stays. */
export const postWithdrawn = defineMessage(
  'post_withdrawn',
  z.object({ leadId: z.number(), how: z.enum(['deleted', 'later_deleted', 'no_lead']) }),
  async (work, data) => {
    const lead = await leadById(work, data.leadId);
    const [icon, sentence] = withdrawn[data.how];
    return { text: sentence, blocks: [section(`:${icon}: ${mention(lead.owner_id)}${sentence}`)] };
  },
);

const withdrawn = {
  deleted: ['wastebasket', 'The original post was deleted. Everything here stays.'],
  later_deleted: ['wastebasket', 'A later post about this lead was deleted. What it said stays here.'],
  no_lead: [
    'pencil2',
    'The original post was edited and no longer reads like a lead. Everything here stays as it was.',
  ],
} as const;

function mention(ownerId: string | null): string {
  return ownerId === null ? '' : `${user(ownerId)} `;
}

/** Asks a manager whether an app's posts are leads; not sent any more once somebody has taught them. */
export const teachOffer = defineMessage(
  'teach_offer',
  z.object({
    channelId: z.string(),
    ts: z.string(),
    sender: z.object({ key: z.string(), name: z.string().nullable() }),
  }),
  async (work, { channelId, ts, sender }) => {
    if (await currentMapping(work, channelId, sender.key)) return null;
    const place = permalink(work.workspace.url, channelId, ts);
    const text = `Posts of ${senderTitle(sender)} in <#${channelId}> don't look like leads to me, but <${place}|this one> names somebody. If they are leads, show me what is what; if not, ignore this. I ask only once.`;
    const value = JSON.stringify({ channelId, ts });
    return {
      text: "An app posts something that doesn't look like a lead to me. Is it one?",
      blocks: [
        section(text),
        actions([button('Teach the app this format', 'teach_offer', { value, style: 'primary' })]),
      ],
    };
  },
);
