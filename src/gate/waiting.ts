import { DAY, MINUTE } from '../calendar/civil.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { heldSlot } from '../lead/card-slot.ts';
import { leadName, permalink } from '../lead/lead.ts';
import type { WorkingSpan } from '../playbook/schema.ts';
import type { Team } from '../team/team.ts';
import { addSpan } from '../calendar/span.ts';
import type { Work } from '../work.ts';
import { heldImportSlot } from '../intake/held-import-slot.ts';
import { decisionsIn, heldCount, type HeldLead, heldLists, oldestHeld, placesOf } from './store.ts';

/** Longer than any span of a playbook lasts. */
const longAgo = 5 * 366 * DAY;

export interface Waiting {
  leads: number;
  /** Since when the oldest waits, UTC milliseconds. */
  since: number;
  /** Where it is decided: its card, or its list's message; undefined while that is not posted. */
  url: string | undefined;
}

/** What waits for marketing now; undefined when nothing does. */
export async function waitingOf(work: Work, salesTeamId: number): Promise<Waiting | undefined> {
  const [oldest] = await oldestHeld(work, salesTeamId, 1);
  if (!oldest) return undefined;
  const urls = await urlsOf(work, [oldest]);
  return {
    leads: await heldCount(work, salesTeamId),
    since: oldest.created_at,
    url: urls.get(oldest.id),
  };
}

/** What the digest says of the gate. */
export interface GateWeek {
  /** Held leads that wait longer than the playbook's `qualifyWithin`, as of now. */
  late: number;
  /** How many of them are named below: of the oldest lists all, of the others the oldest. */
  lists: { fileName: string; leads: number; url: string | null }[];
  oldest: { name: string; url: string | null }[];
  /** Decided in the period. */
  released: number;
  turnedDown: number;
}

/** @param named how many lists, and how many other leads, are named of the late ones */
export async function gateWeek(
  work: Work,
  team: Team,
  period: { from: number; to: number },
  named: number,
): Promise<GateWeek> {
  const until = lateSince(team.calendar, work.now, work.playbooks.current.playbook.qualifyWithin);
  const oldest = await oldestHeld(work, team.id, named, until, true);
  const urls = await urlsOf(work, oldest);
  const lists = await heldLists(work, team.id, named, until);
  const places = await placesOf(
    work,
    lists.map(({ importId }) => heldImportSlot(importId)),
  );
  return {
    ...(await decisionsIn(work, team.id, period)),
    late: await heldCount(work, team.id, until),
    lists: lists.map(({ importId, fileName, leads }) => {
      const place = places.get(heldImportSlot(importId));
      return {
        fileName,
        leads,
        url: place ? permalink(work.workspace.url, place.channelId, place.ts) : null,
      };
    }),
    oldest: oldest.map((lead) => ({ name: leadName(lead), url: urls.get(lead.id) ?? null })),
  };
}

/**
 * The last instant (UTC milliseconds, to the minute) from which the span of working time has run out by now: what is
 * older waits too long. Searched for, because working time is only counted forwards.
 */
export function lateSince(calendar: WorkingCalendar, now: number, span: WorkingSpan): number {
  let [late, early] = [now - longAgo, now];
  while (early - late > MINUTE) {
    const middle = Math.floor((late + early) / 2);
    if (addSpan(calendar, middle, span) <= now) late = middle;
    else early = middle;
  }
  return late;
}

/** A lead of a list has no card of its own, unless it came in again: then the list's message is the place. */
async function urlsOf(work: Work, leads: readonly HeldLead[]): Promise<Map<number, string>> {
  const slots = leads.map((lead) => ({
    lead,
    own: heldSlot(lead.id),
    list: lead.import_id === null ? undefined : heldImportSlot(lead.import_id),
  }));
  const places = await placesOf(
    work,
    slots.flatMap(({ own, list }) => (list === undefined ? [own] : [own, list])),
  );
  const urls = new Map<number, string>();
  for (const { lead, own, list = '' } of slots) {
    const place = places.get(own) ?? places.get(list);
    if (place) urls.set(lead.id, permalink(work.workspace.url, place.channelId, place.ts));
  }
  return urls;
}
