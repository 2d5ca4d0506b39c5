import type { ModalView } from '@slack/types';
import type { LeadRow, Resolution } from '../db/schema.ts';
import { leadTitle } from '../lead/lead.ts';
import { input, option, plain, section } from '../slack/kit.ts';
import { resolutions } from './resolution.ts';

/** Close a lead: how it ended, and whether the prospect was answered. Two clicks, the note is optional. */
export function resolveModal(lead: LeadRow, contacted: boolean): ModalView {
  // Rejection is before, disqualification after contact: only the one that can be true is offered.
  const impossible: Resolution = contacted ? 'rejected' : 'disqualified';
  const kinds = (Object.keys(resolutions) as Resolution[]).filter((kind) => kind !== impossible);
  return {
    type: 'modal',
    callback_id: 'resolve',
    private_metadata: String(lead.id),
    title: plain('Close this lead', 24),
    submit: plain('Close lead', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(`How did it end with ${leadTitle(lead)}?`),
      input('resolution', 'Result', {
        type: 'radio_buttons',
        options: kinds.map((kind) => ({
          ...option(resolutions[kind].label, kind),
          description: plain(resolutions[kind].hint),
        })),
      }),
      input(
        'answered',
        'Did they get an answer from us?',
        {
          type: 'radio_buttons',
          options: [option('Yes, they know where they stand', 'yes'), option('No, they heard nothing', 'no')],
        },
        { hint: 'Even a short, polite no counts. People remember who never wrote back.' },
      ),
      input(
        'note',
        'Note',
        { type: 'plain_text_input', multiline: true, max_length: 500 },
        { optional: true },
      ),
    ],
  };
}
