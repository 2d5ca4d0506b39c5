import type { LeadRow } from '../db/schema.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import type { Blocks, Rendered } from '../outbox/message.ts';
import { type Reader, rowItem } from '../queue/blocks.ts';
import type { QueueItem } from '../queue/queue.ts';
import type { Row } from '../queue/settled.ts';
import { actions, button, context, count, escape, fittingParts, line, section, user } from '../slack/kit.ts';
import { counted, type Left } from './left.ts';

/** So many leads come with their buttons; one thing at a time. */
export const shownFirst = 5;
const kindsNamed = 5;

export type LeftItem = QueueItem & { why: Left };

export interface Offer {
  count: number;
  leads: { lead: LeadRow; isHidden: boolean }[];
}

const leftText: Record<Left, string> = {
  untouched: 'not touched yet',
  stopped: 'late after one or two attempts',
  late: 'late otherwise',
  put_off: 'put off',
};

interface LeftView {
  left: readonly LeftItem[];
  /** Those that are shown, what was done since included. */
  rows: readonly Row[];
  /** How many open leads they hold in all. */
  held: number;
  narrow: readonly LeadRow[];
  onOffer: number;
  reader: Reader;
}

/** The leads a rep holds that have not had their touches. */
export function renderLeft({ left, rows, held, narrow, onOffer, reader }: LeftView): Rendered {
  const text =
    left.length === 0
      ? 'None of your open leads waits for you any more'
      : `${left.length} of your ${count(held, 'open lead')} ${left.length === 1 ? 'has' : 'have'} not had ${left.length === 1 ? 'its' : 'their'} touches`;
  const shown = fittingParts(rows.map((row) => rowItem(row, reader)));
  const ids = new Set(rows.slice(0, shown.length).map(({ lead }) => lead.id));
  const rest = left.filter(({ lead }) => !ids.has(lead.id)).length;
  return {
    text,
    blocks: [
      section(left.length === 0 ? `:sparkles: *${text}.*` : `*${text}.* ${whyTheseText(left)}`),
      ...shown.flat(),
      ...(rest > 0
        ? [context(`${count(rest, 'more lead')} after these: \`/leads\` lists them in order.`)]
        : []),
      ...narrowBlocks(narrow, reader),
      ...(onOffer > 0
        ? [
            context(
              `${count(onOffer, 'lead')} ${onOffer === 1 ? 'is' : 'are'} on offer in your lead channel.`,
            ),
          ]
        : []),
    ],
  };
}

function whyTheseText(left: readonly LeftItem[]): string {
  const kinds = counted(left.map(({ why }) => why)).map(
    ({ what, leads }) => `${leads} ${leftText[what as Left]}`,
  );
  return [
    'Most replies come on the third or fourth attempt, so your next conversation may be among them.',
    kinds.join(', '),
    byKind('By rank', left, ({ rank }) => rank),
    byKind('By source', left, ({ source }) => line(source, 60)),
  ].join('\n');
}

/** `By rank: A 3, B 2`. */
function byKind(title: string, left: readonly LeftItem[], kind: (lead: LeadRow) => string): string {
  const kinds = counted(left.map(({ lead }) => kind(lead)));
  const named = kinds.slice(0, kindsNamed).map(({ what, leads }) => `${what} ${leads}`);
  const others = kinds.slice(kindsNamed).reduce((sum, { leads }) => sum + leads, 0);
  return `*${title}:* ${[...named, ...(others > 0 ? [`others ${others}`] : [])].join(', ')}`;
}

interface OutView {
  held: number;
  narrow: readonly LeadRow[];
  offer: Offer;
  reader: Reader;
}

/** Nothing that is due is left: what could be claimed, and where more people could be tried. */
export function renderOut({ held, narrow, offer, reader }: OutView): Rendered {
  const text =
    held === 0
      ? 'You hold no leads: you are really out of them'
      : `You are really out of leads: ${all(held)} had what was due by now`;
  const shown = fittingParts(offer.leads.map(offerItem));
  const rest = offer.count - shown.length;
  return {
    text,
    blocks: [
      section(`:sparkles: *${text}.* Your managers know.`),
      offer.count === 0
        ? section('Nothing is on offer right now. New leads appear in your lead channel.')
        : section(`*On offer:* ${count(offer.count, 'lead')} that nobody has yet.`),
      ...shown.flat(),
      ...(rest > 0 && shown.length > 0 ? [context(`${count(rest, 'more lead')} in your lead channel.`)] : []),
      ...narrowBlocks(narrow, reader),
    ],
  };
}

function all(held: number): string {
  return held === 1 ? 'the one you hold has' : `all ${held} you hold have`;
}

/** A lead to claim; a blind one says what its card says. */
function offerItem({ lead, isHidden }: Offer['leads'][number]): Blocks {
  const rank = `${lead.rank}: ${escape(lead.rank_reason)}`;
  const what = isHidden ? `*A lead of rank ${lead.rank}*` : leadTitle(lead);
  const label = isHidden ? `Claim this lead of rank ${lead.rank}` : `Claim the lead ${leadName(lead)}`;
  return [
    section(`${what} · ${rank} · ${line(lead.source, 60)}`),
    actions([button('Claim', 'claim', { value: String(lead.id), label })]),
  ];
}

function narrowBlocks(narrow: readonly LeadRow[], { urls }: Reader): Blocks {
  if (narrow.length === 0) return [];
  const accounts = [...new Map(narrow.map((lead) => [lead.account ?? '', lead])).values()];
  const named = accounts.slice(0, shownFirst).map((lead) => {
    const url = urls.get(lead.id);
    const name = line(lead.account ?? leadName(lead), 60);
    return url === undefined ? name : `<${url}|${name.replaceAll('|', '/')}>`;
  });
  const rest = accounts.length - named.length;
  const others = rest > 0 ? ` and ${rest} more` : '';
  return [
    section(
      `*Few people tried* at ${count(accounts.length, 'account')}: ${named.join(', ')}${others}. Somebody else there may answer: add the next person on the card.`,
    ),
  ];
}

/** What the managers read, for mrkdwn. */
export function outOfLeads(userId: string, held: number): string {
  return held === 0
    ? `:sparkles: ${user(userId)} asked for more leads and holds none.`
    : `:sparkles: ${user(userId)} is out of leads: ${held === 1 ? 'the one they hold has' : `all ${held} they hold have`} had ${held === 1 ? 'its' : 'their'} attempts so far.`;
}
