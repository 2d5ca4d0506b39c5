import type { Absence } from './people/store.ts';

/** Of several that cover this moment the one that lasts longest. */
export function presentAbsence(absences: readonly Absence[], now: number): Absence | undefined {
  const end = (absence: Absence): number => absence.until_at ?? Infinity;
  return absences
    .filter((absence) => absence.ended_at === null && absence.from_at <= now && end(absence) > now)
    .sort((a, b) => end(b) - end(a))[0];
}
