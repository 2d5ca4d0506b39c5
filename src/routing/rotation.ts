/**
 * Weighted round robin. Every rep has an account of turns (`owed`): at each turn all who are available are credited
 * their share of it, by weight, and the one who gets it pays a whole one. What is promised, and why it holds:
 * `docs/decisions/0013-fair-turns.md`.
 */

export interface Turner {
  userId: string;
  /** A positive whole number. */
  weight: number;
  owed: number;
  servedAt: number | null;
}

export interface Turn {
  userId: string;
  /** The accounts of all who were available, after the turn. */
  owed: Map<string, number>;
}

/** Shares are fractions: what differs by less than this is the same. */
const tiny = 1e-9;

/**
 * Whose turn it is among those available, at least one: whoever is owed most, of equals the one served longest ago,
 * then roster order. Passed over is only a turn after which somebody's account could no longer stay below one.
 */
export function nextTurn(available: readonly Turner[]): Turn {
  const total = sum(available.map(({ weight }) => weight));
  const shares = available.map(({ weight }) => weight / total);
  const accounts = carriedIn(
    available.map(({ owed }) => owed),
    shares,
  ).map((account, place) => account + (shares[place] ?? 0));
  const served = available.map(({ servedAt }) => servedAt ?? -Infinity);
  const order = available
    .map((_, place) => place)
    .sort((a, b) => {
      const more = (accounts[b] ?? 0) - (accounts[a] ?? 0);
      if (Math.abs(more) > tiny) return more;
      return served[a] === served[b] ? a - b : (served[a] ?? 0) - (served[b] ?? 0);
    });
  for (const chosen of order) {
    const after = accounts.map((account, place) => (place === chosen ? account - 1 : account));
    const rep = available[chosen];
    if (rep && isSafe(after, shares)) return { userId: rep.userId, owed: byUser(available, after) };
  }
  throw new Error(`No turn keeps these accounts: ${JSON.stringify(available)}`);
}

/**
 * The accounts that a turn starts from: around a sum of zero, because what those who are not here owe or are owed is
 * between them and nobody here; and halved until all of it can be paid in time. Both change nothing while the same
 * reps are available.
 */
function carriedIn(owed: readonly number[], shares: readonly number[]): number[] {
  const mean = sum(owed) / owed.length;
  let accounts = owed.map((account) => account - mean);
  while (!isSafe(accounts, shares)) accounts = accounts.map((account) => account / 2);
  return accounts;
}

/**
 * Whether all accounts can stay between minus one and one from here on, however long: every account is inside, and up
 * to each coming turn no more turns are due than there are.
 */
function isSafe(accounts: readonly number[], shares: readonly number[]): boolean {
  if (accounts.some((account) => Math.abs(account) >= 1 - tiny)) return false;
  // From the turn on by which all have caught up, the shares alone see to it: they sum up to one.
  const caughtUp = accounts.map((account, place) => Math.ceil(-account / (shares[place] ?? 1) - tiny));
  const last = Math.max(...caughtUp);
  for (let turns = 1; turns < last; turns += 1) {
    let due = 0;
    for (const [place, account] of accounts.entries())
      due += Math.max(0, Math.floor(account + (shares[place] ?? 0) * turns + tiny));
    if (due > turns) return false;
  }
  return true;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function byUser(available: readonly Turner[], accounts: readonly number[]): Map<string, number> {
  return new Map(available.map(({ userId }, place) => [userId, accounts[place] ?? 0]));
}
