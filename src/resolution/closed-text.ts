import { dateText } from '../calendar/date-text.ts';
import type { LeadRow } from '../db/schema.ts';
import { resolutions } from './kinds.ts';

type Closed = Pick<LeadRow, 'resolution' | 'return_at' | 'answered' | 'needs_answer'>;

/** How it was closed, when it comes back, and whether they know: `Closed as Nurture. It comes back on Mon 4 Jan. …` */
export function closedText(lead: Closed, zone: string, now: number): string {
  const how = lead.resolution === null ? 'Closed.' : `Closed as ${resolutions[lead.resolution].label}.`;
  const back = lead.return_at === null ? [] : [`It comes back on ${dateText(zone, lead.return_at, now)}.`];
  return [how, ...back, ...toldText(lead)].join(' ');
}

function toldText({ resolution, answered, needs_answer: needsAnswer }: Closed): string[] {
  if (resolution === 'qualified') return ['They know where they stand.'];
  if (answered === 1) return ['It is noted that they were told.'];
  return [needsAnswer === 0 ? 'Nobody needed an answer.' : 'They don’t know yet.'];
}
