import type { KnownBlock, ModalView } from '@slack/types';
import { isReachable, type LeadDraft } from '../intake/draft.ts';
import { context, input, line, plain, section } from '../slack/kit.ts';
import { backTo, frame } from './blocks.ts';
import { draftLines } from './draft-lines.ts';
import { fieldNames, mappingText } from './mapping.ts';
import type { Source } from './store.ts';

/** What a sample in the mapping form was read as, and for which input that was. */
export interface MappingCheck {
  draft: LeadDraft;
  sample: string;
  /** Names the input that was checked: sent again unchanged, it is saved. */
  mark: string;
}

export function mappingView(source: Source, check?: MappingCheck): ModalView {
  const lines = mappingText(source.mapping);
  return {
    ...frame('source_mapping', 'Change mapping'),
    private_metadata: JSON.stringify({ id: source.id, mark: check?.mark ?? '' }),
    submit: plain(check ? 'Save' : 'Check and save', 24),
    close: plain('Cancel', 24),
    blocks: [
      ...(check ? checked(check.draft) : []),
      section(
        `Where *${line(source.name, 60)}* has our fields, a line for each:\n\`\`\`email = data.contact.mail\nname = data.contact.full_name\nphone = data.answers.0.value\`\`\`\nFields: ${fieldNames}. Without any line I go by the names in the JSON.`,
      ),
      input(
        'mapping',
        'Mapping',
        {
          type: 'plain_text_input',
          multiline: true,
          max_length: 2500,
          ...(lines !== '' && { initial_value: lines }),
        },
        { optional: true },
      ),
      input(
        'sample',
        'A sample of the JSON',
        {
          type: 'plain_text_input',
          multiline: true,
          max_length: 3000,
          ...(check && { initial_value: check.sample }),
        },
        { optional: true, hint: 'Paste one and I show what I read before anything is saved.' },
      ),
    ],
  };
}

function checked(draft: LeadDraft): KnownBlock[] {
  const missing = isReachable(draft)
    ? []
    : [
        'There is neither a mail address nor a phone number: such a lead comes to you as a message, without a card.',
      ];
  return [
    section(['*From your sample I read:*', ...draftLines(draft), ...missing].join('\n')),
    context('Right? Then *Save*. Otherwise change the lines below and check again.'),
  ];
}

export function mappingSavedView(source: Source): ModalView {
  return {
    ...frame('source_mapping_saved', 'Mapping saved'),
    blocks: [
      section(
        `:white_check_mark: The mapping of *${line(source.name, 60)}* is saved. It counts from the next lead on.`,
      ),
      backTo(source),
    ],
  };
}
