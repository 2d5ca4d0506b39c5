/** How many of my replies came on which attempt. */
export interface RepliesOn {
  attempt: number;
  replies: number;
}

/** My closed leads of one kind: same rank and playbook, same attempts, same end. */
export interface ClosedGroup {
  leads: number;
  attempts: number;
  /** How many attempts the cadence of their rank has. */
  planned: number;
  answered: boolean;
  /** Whether anybody is there who could be answered: not for spam, tests and duplicates. */
  needsAnswer: boolean;
  /** Whether they never said anything, and were no mistake from the start. */
  isSilent: boolean;
}

/** What a rep sees of their own work; never compared with anybody else's. */
export interface Numbers {
  replies: readonly RepliesOn[];
  /** Closed leads that had to be answered, and how many were. */
  toAnswer: number;
  answered: number;
  /** Closed leads that never replied, and how many of them got every planned attempt. */
  silent: number;
  fully: number;
}

export function numbersOf(replies: readonly RepliesOn[], closed: readonly ClosedGroup[]): Numbers {
  const sum = (fits: (group: ClosedGroup) => boolean): number =>
    closed.filter(fits).reduce((all, { leads }) => all + leads, 0);
  return {
    replies: [...replies].sort((a, b) => a.attempt - b.attempt),
    toAnswer: sum(({ needsAnswer }) => needsAnswer),
    answered: sum(({ needsAnswer, answered }) => needsAnswer && answered),
    silent: sum(({ isSilent }) => isSilent),
    fully: sum(({ isSilent, attempts, planned }) => isSilent && planned > 0 && attempts >= planned),
  };
}
