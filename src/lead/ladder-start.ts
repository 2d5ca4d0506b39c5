/** Sets the ladder to its first step: for whoever gives a lead to somebody, takes it from them, or opens it again. */
export function ladderStart(now: number): { ladder_step: number; ladder_from: number } {
  return { ladder_step: 0, ladder_from: now };
}
