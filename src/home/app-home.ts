import type { HomeView } from '@slack/types';
import { calendarOf, teamsOfRep } from '../away/away.ts';
import type { Rendered } from '../outbox/message.ts';
import { preferencesOf } from '../preference/store.ts';
import { queueFor, urlsOf } from '../queue/my-queue.ts';
import { type Availability, availabilityOfRep } from '../team/availability.ts';
import { openAbsences } from '../team/people/store.ts';
import { teamsOfMember } from '../team/store.ts';
import type { Work } from '../work.ts';
import * as blocks from './home-blocks.ts';
import { myNumbers } from './my-numbers.ts';

/**
 * What somebody sees who opens the app: whether they get leads now, their queue, their numbers, their settings.
 * @param notice what they have just done here
 */
export async function appHome(work: Work, userId: string, notice?: Rendered): Promise<HomeView> {
  const top = notice ? blocks.noticeBlocks(notice) : [];
  return { type: 'home', blocks: [...top, ...(await contentOf(work, userId))] };
}

async function contentOf(work: Work, userId: string): Promise<HomeView['blocks']> {
  const teams = await teamsOfMember(work, userId);
  if (teams.length === 0) return blocks.strangersHome();
  const items = await queueFor(work, userId);
  const isRep = (await teamsOfRep(work, userId)).length > 0;
  if (!isRep && items.length === 0) return blocks.managersHome();
  const availability = await ownAvailability(work, userId);
  const urls = await urlsOf(work, items.slice(0, blocks.shownInHome));
  return [
    ...(availability ? blocks.availabilityBlocks(availability) : []),
    ...(items.length === 0 ? blocks.nothingToDo() : blocks.queueBlocks(items, { urls, userId })),
    ...blocks.numbersBlocks(await myNumbers(work, teams, userId)),
    ...blocks.settingsBlocks(await preferencesOf(work, userId)),
  ];
}

/** Undefined for managers who work no leads. */
async function ownAvailability(work: Work, userId: string): Promise<Availability | undefined> {
  const calendar = await calendarOf(work, userId);
  if (!calendar || (await teamsOfRep(work, userId)).length === 0) return undefined;
  return availabilityOfRep({ calendar }, await openAbsences(work, [userId]), work.now);
}
