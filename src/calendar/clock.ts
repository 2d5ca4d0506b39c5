/** Where "now" comes from. Only ticks and handlers ask it; every rule is given `now` as an argument. */
export interface Clock {
  /** UTC milliseconds. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
