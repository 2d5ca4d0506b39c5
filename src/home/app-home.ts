import type { HomeView } from '@slack/types';
import { calendarOf, teamsOfRep } from '../away/away.ts';
import { preferencesOf } from '../preference/store.ts';
import { queueFor, urlsOf } from '../queue/my-queue.ts';
import type { HomeLook } from '../slack/listener.ts';
import { type Availability, availabilityOfRep } from '../team/availability.ts';
import { openAbsences } from '../team/people/store.ts';
import { teamsOfMember } from '../team/store.ts';
import type { Work } from '../work.ts';
import * as blocks from './home-blocks.ts';
import { homeRows } from './home-list.ts';
import { myNumbers } from './my-numbers.ts';

/** What somebody sees who opens the app: whether they get leads now, their queue, their numbers, their settings. */
export async function appHome(work: Work, userId: string, look: HomeLook): Promise<HomeView> {
  const top = look.opened || !look.notice ? [] : blocks.noticeBlocks(look.notice);
  return { type: 'home', blocks: [...top, ...(await contentOf(work, userId, look.opened))] };
}

async function contentOf(work: Work, userId: string, isOpened: boolean): Promise<HomeView['blocks']> {
  const teams = await teamsOfMember(work, userId);
  if (teams.length === 0) return blocks.strangersHome();
  const items = await queueFor(work, userId);
  const isRep = (await teamsOfRep(work, userId)).length > 0;
  const rows = await homeRows(work, userId, items, isOpened);
  if (!isRep && rows.length === 0) return blocks.managersHome();
  const availability = await ownAvailability(work, userId);
  const urls = await urlsOf(work, rows);
  return [
    ...(availability ? blocks.availabilityBlocks(availability) : []),
    ...(rows.length === 0
      ? blocks.nothingToDo()
      : blocks.queueBlocks(rows, items, { urls, userId, isLive: true })),
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
