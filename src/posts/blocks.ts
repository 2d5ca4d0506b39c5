import type { KnownBlock, ModalView } from '@slack/types';
import type { LeadDraft } from '../intake/draft.ts';
import { permalink } from '../lead/lead.ts';
import {
  actions,
  button,
  context,
  count,
  input,
  line,
  option,
  plain,
  section,
  select,
  truncate,
  user,
  when,
} from '../slack/kit.ts';
import { changesBetween, changesOf, changesText } from './compare.ts';
import { type MappedField, mappedFields } from './mapping.ts';
import { senderTitle } from './sender.ts';
import type { PostMapping } from './store.ts';
import type { Lesson, TeachRow, Trial } from './teach.ts';

/** A row's block: whether it needs a rule when it is left as "not used", and its place. */
const rowBlock = /^row([+-]):(.+)$/su;

export function rowOfBlock(blockId: string): { place: string; isLeftOut: boolean } | undefined {
  const [, sign, place] = rowBlock.exec(blockId) ?? [];
  return place === undefined ? undefined : { place, isLeftOut: sign === '-' };
}

export function teachForm(
  learned: Lesson,
  { rows, left }: { rows: readonly TeachRow[]; left: number },
  saved: PostMapping | undefined,
): ModalView {
  const { channelId, sender } = learned;
  const more =
    left === 0
      ? []
      : [
          context(
            `${count(left, 'more part')} of this post ${left === 1 ? 'is' : 'are'} not shown and will be read as before.`,
          ),
        ];
  return {
    type: 'modal',
    callback_id: 'teach_format',
    title: plain('Teach a format', 24),
    submit: plain('Try it', 24),
    close: plain('Cancel', 24),
    private_metadata: JSON.stringify({ ...learned, rules: [] } satisfies Lesson),
    blocks: [
      section(
        `What is what in this post of ${senderTitle(sender)}? I have filled in my guess. Correct what is wrong, then *Try it*. From then on I read posts like it in <#${channelId}> the same way.`,
      ),
      ...(saved === undefined ? [] : savedBlocks(learned, saved)),
      ...rows.map(rowInput),
      ...more,
    ],
  };
}

function savedBlocks(learned: Lesson, { version, rules, savedBy, savedAt }: PostMapping): KnownBlock[] {
  if (rules.length === 0) {
    return [context(`Nothing is taught now (forgotten by ${user(savedBy)}, ${when(savedAt)}).`)];
  }
  const by = `Version ${version}, saved by ${user(savedBy)}, ${when(savedAt)}.`;
  const forget = button('Forget what was taught', 'teach_forget', {
    value: JSON.stringify({ ...learned, rules: [] } satisfies Lesson),
    style: 'danger',
    confirm: {
      title: plain('Forget it?', 100),
      text: plain('I will read these posts as if nobody had taught me. The old versions are kept.', 300),
      confirm: plain('Forget it', 30),
      deny: plain('Keep it', 30),
    },
  });
  return [context(by), actions([forget])];
}

const fieldOptions = (Object.keys(mappedFields) as MappedField[]).map((field) =>
  option(mappedFields[field], field),
);

function rowInput({ place, title, value, field, isLeftOut }: TeachRow): KnownBlock {
  const shown = truncate(value.replace(/\s+/g, ' '), 100);
  return input(`row${isLeftOut ? '-' : '+'}:${place}`, `${truncate(title, 60)}: ${shown}`, {
    ...select('Choose', '', fieldOptions),
    initial_option: option(mappedFields[field], field),
  });
}

/** What the rules would make of the last posts. Saving is the next step. */
export function trialView(learned: Lesson, trials: readonly Trial[], workspaceUrl: string): ModalView {
  const leads = trials.filter(({ draft }) => draft !== null).length;
  const changed = trials.filter((trial) => differenceText(trial) !== '').length;
  const summary =
    trials.length === 0
      ? `Among the last 100 messages in <#${learned.channelId}> there is none of ${senderTitle(learned.sender)} to try this with. You can save it all the same.`
      : `*${leads} of ${trials.length}* posts would become ${leads === 1 ? 'a lead' : 'leads'}. ${changed === 0 ? 'Nothing is read differently from today.' : `${count(changed, 'post')} would be read differently from today :small_blue_diamond:`}`;
  const json = JSON.stringify(learned);
  return {
    type: 'modal',
    callback_id: 'teach_save',
    title: plain('Try it', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    private_metadata: json,
    blocks: [
      section(summary),
      actions([button('Back', 'teach_back', { value: json, label: 'Back to what is what' })]),
      ...trials.map((trial) => section(trialText(trial, learned.channelId, workspaceUrl))),
      context('This was only a try. What you save is for posts that come from now on.'),
      readAgainInput(),
    ],
  };
}

/** The block with the tick that also the post counts which the format was taught from. */
export const readAgainBlock = 'again';

function readAgainInput(): KnownBlock {
  const again = option('Read the post again that you taught me from', 'again');
  const element = { type: 'checkboxes' as const, options: [again], initial_options: [again] };
  return input(readAgainBlock, 'And that post?', element, { optional: true });
}

/** What came of reading that post again. */
export function savedView(became: 'lead' | 'no_lead' | 'gone'): ModalView {
  const sentences = {
    lead: 'I have read the post again, and its lead says what I understand now.',
    no_lead: 'I have read the post again: it is still no lead.',
    gone: 'The post itself is gone, so it stays as it was.',
  };
  return {
    type: 'modal',
    callback_id: 'teach_saved',
    title: plain('Saved', 24),
    close: plain('Close', 24),
    blocks: [section(`:white_check_mark: Saved. ${sentences[became]}`)],
  };
}

function trialText(trial: Trial, channelId: string, workspaceUrl: string): string {
  const words = line(trial.words.replaceAll('|', '/'), 40);
  const link = `<${permalink(workspaceUrl, channelId, trial.ts)}|${words}>`;
  const reading =
    trial.draft === null ? `No lead: ${trial.whyNot}` : `:white_check_mark: ${draftText(trial.draft)}`;
  const difference = differenceText(trial);
  return `${reading} · ${link}${difference === '' ? '' : `\n:small_blue_diamond: ${difference}`}`;
}

function differenceText({ draft, today }: Trial): string {
  if (draft === null && today === null) return '';
  if (today === null) return 'Today: no lead';
  if (draft === null) return `Today: ${draftText(today)}`;
  const changed = changesBetween(today, draft, today);
  return changed.length === 0 ? '' : `New: ${changesText(changesOf(today, draft, changed))}`;
}

function draftText({ name, email, phone, account, source }: LeadDraft): string {
  const via = source === null ? null : `via ${source}`;
  return [name ?? 'no name', email, phone, account ?? 'no company', via]
    .flatMap((part) => (part === null ? [] : [line(part, 80)]))
    .join(' · ');
}

export function forgottenView(): ModalView {
  return {
    type: 'modal',
    callback_id: 'teach_forgotten',
    title: plain('Forgotten', 24),
    close: plain('Close', 24),
    blocks: [section('I read these posts again as if nobody had taught me. The channel was told.')],
  };
}
