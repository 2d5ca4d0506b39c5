import { escape, line } from '../slack/kit.ts';
import { leads, number } from './numbers.ts';
import type { Fate, Survey } from './survey.ts';

/** What will happen to a file's leads, before anybody has said so: a sentence for those that wait, one for the others. */
export function outlook({ fates, isList }: Survey, marketingChannelId: string): string {
  if (fates.length === 0) return ':warning: No row of this file can be imported as the columns are now.';
  const marketing = `<#${marketingChannelId}>`;
  const [held, direct] = [true, false].map((wait) => fates.filter((fate) => fate.held === wait));
  return [
    ...sentence(held, (who, them) =>
      isList
        ? `${who} will wait in ${marketing}; they are released from there in portions.`
        : `${who} will wait in ${marketing} until somebody releases ${them}.`,
    ),
    ...sentence(direct, (who, them) => `${who} ${them === 'it' ? 'goes' : 'go'} to the reps at once.`),
  ].join('\n');
}

function sentence(fates: readonly Fate[] = [], phrase: (who: string, them: string) => string): string[] {
  const [first, ...others] = fates;
  if (!first) return [];
  const all = fates.reduce((sum, fate) => sum + fate.leads, 0);
  const them = all === 1 ? 'it' : 'them';
  if (others.length > 0) return [`${phrase(`*${leads(all)}*`, them).slice(0, -1)}: ${byRank(fates)}.`];
  const from = first.source === null ? '' : `, from the source “${line(first.source, 120)}”`;
  return [phrase(`*${leads(all)}* of rank ${first.rank} (${escape(first.reason)}${from})`, them)];
}

/** `3 A, 9 B`. */
function byRank(fates: readonly Fate[]): string {
  const ranks = [...new Set(fates.map(({ rank }) => rank))].sort();
  const ofRank = (rank: string): number =>
    fates.reduce((sum, fate) => sum + (fate.rank === rank ? fate.leads : 0), 0);
  return ranks.map((rank) => `${number(ofRank(rank))} ${rank}`).join(', ');
}

/** `4 can be imported, 1 is there twice, 3 have no usable mail or phone.` */
export function tally({ fates, twice, unreachable, broken }: Survey): string {
  const ready = fates.reduce((sum, fate) => sum + fate.leads, 0);
  const parts = [
    `${ready === 0 ? 'None' : number(ready)} can be imported`,
    ...(twice === 0 ? [] : [`${number(twice)} ${twice === 1 ? 'is' : 'are'} there twice`]),
    ...(unreachable === 0
      ? []
      : [`${number(unreachable)} ${unreachable === 1 ? 'has' : 'have'} no usable mail or phone`]),
    ...(broken === 0 ? [] : [`${number(broken)} can’t be read and will come back with the reason`]),
  ];
  return `${parts.join(', ')}.`;
}
