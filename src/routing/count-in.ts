import type { Candidate, ChoiceResult } from './choose.ts';

/** When a rep is served: now, but after everybody before, so that of one instant's leads the order is kept. */
export function nextServedAt(reps: readonly Candidate[], now: number): number {
  return Math.max(now, ...reps.map(({ servedAt }) => (servedAt ?? 0) + 1));
}

/** The candidates as they are after this lead: the next one is chosen among these, without asking the database. */
export function countIn(reps: Candidate[], result: ChoiceResult, now: number): void {
  if (result.kind !== 'assign') return;
  const servedAt = nextServedAt(reps, now);
  reps.forEach((rep, place) => {
    const owed = result.owed?.get(rep.userId) ?? rep.owed;
    reps[place] = { ...rep, owed };
    if (rep.userId !== result.userId) return;
    const served = result.how === 'same_account' ? rep.servedAt : servedAt;
    reps[place] = { ...rep, owed, open: rep.open + 1, newToday: rep.newToday + 1, servedAt: served };
  });
}
