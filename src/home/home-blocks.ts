import type { HomeView } from '@slack/types';
import type { Rendered } from '../outbox/message.ts';
import type { Preferences } from '../preference/preference.ts';
import { preferencesText } from '../preference/blocks.ts';
import { type Reader, rowItems, summaryOf } from '../queue/blocks.ts';
import type { QueueItem } from '../queue/queue.ts';
import type { Row } from '../queue/settled.ts';
import { actions, button, context, count, fittingParts, header, section } from '../slack/kit.ts';
import type { Availability } from '../team/availability.ts';
import type { Numbers } from './numbers.ts';
import { numbersDays } from './my-numbers.ts';

type Blocks = HomeView['blocks'];

/** A notice is a sentence and its buttons; whatever is longer must not push the queue out of the view. */
const mostOfNotice = 10;

/** What has just been done here, on top of everything. */
export function noticeBlocks({ text, blocks }: Rendered): Blocks {
  const shown = blocks?.slice(0, mostOfNotice) ?? [section(text)];
  return [...shown, { type: 'divider' }];
}

/** Whether the rep gets leads now, and the buttons that change it. */
export function availabilityBlocks(availability: Availability): Blocks {
  if (availability.available) {
    return [
      section(':large_green_circle: *You are available.* New leads come to you.'),
      actions([button('Away…', 'home_away')]),
      { type: 'divider' },
    ];
  }
  const { why } = availability;
  // A holiday ends by itself; a rep who works on it claims what they want.
  const change = why.startsWith('away')
    ? [button('I’m back', 'home_back', { style: 'primary' }), button('Away…', 'home_away')]
    : [button('Away…', 'home_away')];
  return [
    section(`:palm_tree: *You are ${why}.* No new lead is given to you; you can still claim one.`),
    actions(change),
    { type: 'divider' },
  ];
}

/** The queue, each lead with its buttons. @param rows those that are shown, what was done since included */
export function queueBlocks(rows: readonly Row[], items: readonly QueueItem[], reader: Reader): Blocks {
  const shown = fittingParts(rowItems(rows, reader) as Blocks[], { blocks: 60, letters: 24_000 });
  const ids = new Set(rows.slice(0, shown.length).map(({ lead }) => lead.id));
  const rest = items.filter(({ lead }) => !ids.has(lead.id)).length;
  return [
    header('My queue'),
    section(items.length === 0 ? 'All done.' : `${summaryOf(items)}.`),
    ...shown.flat(),
    ...(rest > 0 ? [context(`${count(rest, 'more lead')} after these.`)] : []),
    { type: 'divider' },
  ];
}

/** The rep's own numbers; before there are any, nothing. */
export function numbersBlocks(numbers: Numbers): Blocks {
  const { replies, toAnswer, answered, silent, fully } = numbers;
  const total = replies.reduce((all, each) => all + each.replies, 0);
  const lines = [
    ...(toAnswer === 0
      ? []
      : [
          `*Answered:* ${answered} of ${count(toAnswer, 'closed lead')} (${percent(answered, toAnswer)}) got an answer from you.`,
        ]),
    ...(silent === 0
      ? []
      : [
          `*All planned attempts:* ${fully} of ${count(silent, 'closed lead')} that never replied got every one (rejected ones are left out).`,
        ]),
  ];
  if (total === 0 && lines.length === 0) return [];
  const chart =
    total === 0 ? [] : [section(`*On which attempt your replies came*\n\`\`\`${bars(numbers)}\`\`\``)];
  return [
    header('My numbers'),
    context(`The last ${numbersDays} days`),
    ...chart,
    ...(lines.length === 0 ? [] : [section(lines.join('\n'))]),
    { type: 'divider' },
  ];
}

const longestBar = 20;

/** `attempt 3 ██████ 12`, one line for each attempt up to the last that brought a reply. */
function bars({ replies }: Numbers): string {
  const most = Math.max(...replies.map((each) => each.replies));
  const last = Math.min(replies.at(-1)?.attempt ?? 0, 12);
  return Array.from({ length: last }, (_, index) => {
    const attempt = index + 1;
    // What came later than the last line stands in it.
    const isHere = (of: number): boolean => (attempt === last ? of >= last : of === attempt);
    const here = replies.filter((each) => isHere(each.attempt)).reduce((all, each) => all + each.replies, 0);
    const length = Math.min(longestBar, Math.ceil((here / most) * longestBar));
    return `attempt ${String(attempt).padEnd(2)} ${'█'.repeat(length)} ${here}`;
  }).join('\n');
}

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)}%`;
}

export function settingsBlocks(preferences: Preferences): Blocks {
  return [
    header('My settings'),
    section(preferencesText(preferences)),
    actions([button('Change settings…', 'preferences')]),
  ];
}

/** For who leads a team and holds no leads. */
export function managersHome(): Blocks {
  return [section(':sparkles: You hold no leads. `/standup` shows the team: who is late on which attempt.')];
}

export function nothingToDo(): Blocks {
  return [
    header('My queue'),
    section(
      ':sparkles: Your queue is empty. New leads appear in your lead channel; `/leads more` asks for some.',
    ),
    { type: 'divider' },
  ];
}

/** For people who are in no team. */
export function strangersHome(): Blocks {
  return [
    section(
      ':wave: *Sixth Touch follows up every sales lead, until the sixth touch.*\nYou are in no team yet. A manager adds you with `/leads setup` in the channel where leads arrive. Marketing reads along with `/leads digest`.',
    ),
  ];
}
