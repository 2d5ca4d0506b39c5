import { z } from 'zod';
import { cardUrls } from '../lead/card-slot.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { touchesOf } from '../touch/store.ts';
import * as blocks from './blocks.ts';
import { isStillTheirs, proposalOf } from './store.ts';

/** Asks a rep to take a lead over; once it is answered, it says how. */
export const swapProposal = defineMessage(
  'swap_proposal',
  z.object({ leadId: z.number(), proposalId: z.number() }),
  async (work, { leadId, proposalId }) => {
    const proposal = await proposalOf(work, leadId, proposalId);
    if (!proposal) return null;
    const lead = await leadById(work, leadId);
    if (proposal.answer !== null || !isStillTheirs(lead, proposal))
      return blocks.proposalSettled(lead, proposal);
    const url = (await cardUrls(work, [leadId])).get(leadId);
    const touches = await touchesOf(work.db, lead);
    return blocks.proposalOpen(lead, proposal, { touches, url, now: work.now });
  },
);

/** Tells the rep who asks that it is asked, and what became of it. */
export const swapAsked = defineMessage(
  'swap_asked',
  z.object({ leadId: z.number(), proposalId: z.number() }),
  async (work, { leadId, proposalId }) => {
    const proposal = await proposalOf(work, leadId, proposalId);
    if (!proposal) return null;
    const lead = await leadById(work, leadId);
    return blocks.proposalAsked(lead, proposal, isStillTheirs(lead, proposal));
  },
);
