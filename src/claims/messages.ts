import { z } from 'zod';
import { cardUrls } from '../lead/card-slot.ts';
import { isFree } from '../lead/permission.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { teamById } from '../team/store.ts';
import * as blocks from './blocks.ts';
import * as store from './store.ts';

/** How many of the overdue leads are linked. */
const shown = 5;

/** "You hold 7 leads past their touch": which, and a way on. */
export const claimQuestion = defineMessage(
  'claim_question',
  z.object({ leadId: z.number(), userId: z.string(), needsManager: z.boolean(), isUsed: z.boolean() }),
  async (work, { leadId, userId, needsManager, isUsed }) => {
    const lead = await leadById(work, leadId);
    const { count, leads } = await store.leadsPastTouch(work, lead.sales_team_id, userId, shown);
    const urls = await cardUrls(
      work,
      leads.map(({ id }) => id),
    );
    return blocks.claimQuestion({ leadId, count, leads, urls, needsManager, isUsed, now: work.now });
  },
);

/** Asks a manager whether a rep may claim past their overdue leads once more; once that is settled, it says how. */
export const claimRequest = defineMessage(
  'claim_request',
  z.object({ leadId: z.number(), userId: z.string() }),
  async (work, { leadId, userId }) => {
    const lead = await leadById(work, leadId);
    const team = await teamById(work, lead.sales_team_id);
    const isOpen = lead.state !== 'resolved' && isFree(lead, team);
    const { count } = await store.leadsPastTouch(work, team.id, userId, 0);
    const url = (await cardUrls(work, [leadId])).get(leadId);
    return isOpen
      ? blocks.claimRequestOpen(lead, userId, count, url)
      : blocks.claimRequestSettled(lead, userId);
  },
);
