import type { HomeView } from '@slack/types';
import { calendarOf, teamsOfRep } from '../away/away.ts';
import { openAbsences } from '../team/people/store.ts';
import { teamsOfMember } from '../team/store.ts';
import { type Availability, availabilityOfRep } from '../team/availability.ts';
import type { Work } from '../work.ts';
import { availabilityBlocks, strangersHome } from './home-blocks.ts';
import { myQueue } from '../queue/my-queue.ts';

/** What somebody sees who opens the app: whether they get leads now, and their queue. */
export async function appHome(work: Work, userId: string): Promise<HomeView> {
  if ((await teamsOfMember(work, userId)).length === 0) return { type: 'home', blocks: strangersHome() };
  const { blocks = [] } = await myQueue(work, userId);
  const availability = await ownAvailability(work, userId);
  const top = availability ? availabilityBlocks(availability) : [];
  return { type: 'home', blocks: [...top, ...(blocks as HomeView['blocks'])] };
}

/** Undefined for managers who work no leads. */
async function ownAvailability(work: Work, userId: string): Promise<Availability | undefined> {
  const calendar = await calendarOf(work, userId);
  if (!calendar || (await teamsOfRep(work, userId)).length === 0) return undefined;
  return availabilityOfRep({ calendar }, await openAbsences(work, [userId]), work.now);
}
