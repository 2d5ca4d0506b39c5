import type { RepValues } from '../../../src/team/people/form.ts';
import { seededRandom } from '../../../src/demo/random.ts';

/** How one rep works. Chances are in [0, 1]. */
export interface Rep {
  userId: string;
  zone: string;
  dayStart: string;
  dayEnd: string;
  workingDays: number[];
  /** Between them nothing may be sent. */
  quiet: { from: string; to: string } | null;
  nudgeIn: 'thread' | 'direct';
  /** How likely a due lead is worked when the rep looks. */
  diligence: number;
  /** After so many attempts this rep gives up in silence, unless nudged. */
  patience: number;
  /** Days away, counted from the first of the quarter: [from, to), and who looks after the leads. */
  away: { from: number; to: number; deputy: string | null }[];
}

const places = [
  { zone: 'Europe/Berlin', dayStart: '09:00', dayEnd: '17:00' },
  { zone: 'Europe/Berlin', dayStart: '08:00', dayEnd: '14:00' },
  { zone: 'Europe/Lisbon', dayStart: '09:00', dayEnd: '18:00' },
  { zone: 'America/New_York', dayStart: '09:00', dayEnd: '17:00' },
];

/** The same reps every time for the same seed. */
export function makeReps(count: number, seed: number): Rep[] {
  const random = seededRandom(seed);
  const id = (index: number): string => `U0REP${String(index + 1).padStart(2, '0')}`;
  return Array.from({ length: count }, (_, index): Rep => {
    const place = places[index % places.length] ?? places[0];
    if (!place) throw new Error('There are places.');
    const from = 5 + Math.floor(random() * 50);
    const isPartTime = index % 5 === 4;
    return {
      userId: id(index),
      ...place,
      workingDays: isPartTime ? [1, 2, 3] : [1, 2, 3, 4, 5],
      quiet: index % 3 === 1 ? { from: '11:30', to: '13:00' } : null,
      nudgeIn: index % 4 === 2 ? 'direct' : 'thread',
      diligence: 0.25 + random() * 0.7,
      patience: [2, 3, 4, 6, 6][Math.floor(random() * 5)] ?? 6,
      away: [
        {
          from,
          to: from + 2 + Math.floor(random() * 9),
          deputy: index % 2 === 0 ? id((index + 1) % count) : null,
        },
      ],
    };
  });
}

/** As a manager would set them in *Reps…*. */
export function settingsOf(rep: Rep): Partial<RepValues> {
  return {
    zone: rep.zone,
    day_start: rep.dayStart,
    day_end: rep.dayEnd,
    working_days: JSON.stringify(rep.workingDays),
  };
}
