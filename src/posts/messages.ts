import { z } from 'zod';
import { leadName, leadTitle, permalink } from '../lead/lead.ts';
import { cardSlot } from '../lead/card-slot.ts';
import { isBlind } from '../lead/permission.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { messageOfSlot } from '../outbox/store.ts';
import { actions, button, escape, line, section, user } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { changesText, draftChange } from './compare.ts';
import { senderTitle } from './sender.ts';
import { currentMapping } from './store.ts';

const correctedData = z.object({
  leadId: z.number(),
  post: z.object({ channelId: z.string(), ts: z.string() }),
  /** `lead`: the post it was made of; `signal`: a later one. */
  of: z.enum(['lead', 'signal']),
  changes: z.array(draftChange),
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
  const sentences = [`${which} was corrected${blind ? '' : `: ${changesText(data.changes)}`}.`];
  if (data.of === 'signal') sentences.push('I took over what was missing here; the rest stays as it is.');
  if (data.wasRank !== null) {
    sentences.push(
      `It is rank *${lead.rank}* now, no longer ${escape(data.wasRank)}: ${escape(lead.rank_reason)}.`,
    );
  }
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
  const card = await messageOfSlot(work.db, work.workspace.teamId, cardSlot(leadId));
  if (card === undefined) return title;
  return `${title} (<${permalink(work.workspace.url, card.channelId, card.ts)}|its card>)`;
}

/** The post is gone, or says nothing of a lead any more; the lead stays. */
export const postWithdrawn = defineMessage(
  'post_withdrawn',
  z.object({ leadId: z.number(), how: z.enum(['deleted', 'no_lead']) }),
  async (work, data) => {
    const lead = await leadById(work, data.leadId);
    const sentence =
      data.how === 'deleted'
        ? 'The original post was deleted. Everything here stays.'
        : 'The original post was edited and no longer reads like a lead. Everything here stays as it was.';
    return { text: sentence, blocks: [section(`:wastebasket: ${mention(lead.owner_id)}${sentence}`)] };
  },
);

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
