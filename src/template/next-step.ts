import type { LeadRow } from '../db/schema.ts';
import type { CadenceStep, Playbook } from '../playbook/schema.ts';

export type Channel = CadenceStep['channel'];
export type Reachable = Pick<LeadRow, 'email' | 'phone'>;

/** What to try: the planned step, or another channel where the lead can't be reached on the planned one. */
export interface NextStep {
  channel: Channel;
  /** A key of the playbook's messages; undefined when it has none that fits this channel and this moment. */
  message: string | undefined;
  /** The message that was planned first, where it was used with this person already. */
  usedBefore?: string;
  /** Why it is not the planned channel. */
  because?: string;
}

/**
 * A call needs a number and a mail an address: without it the other one is suggested, with a message made for it.
 * @param used keys of the messages that this person knows already
 * @param hasAnswered whether they have said something: what the cadence says to strangers fits no more
 */
export function nextStep(
  step: CadenceStep,
  lead: Reachable & Pick<LeadRow, 'rank'>,
  playbook: Playbook,
  used: ReadonlySet<string> = new Set(),
  hasAnswered = false,
): NextStep {
  const { channel, because } = reachableOn(step.channel, lead);
  if (hasAnswered) return { channel, message: undefined, ...(because !== undefined && { because }) };
  const [first, ...others] = messagesFor(channel, step, lead.rank, playbook);
  const message = [first, ...others].find((key) => key !== undefined && !used.has(key));
  return {
    channel,
    message,
    ...(first !== undefined && first !== message && { usedBefore: first }),
    ...(because !== undefined && { because }),
  };
}

/** The channel of what is suggested for this step. */
export function channelFor(step: CadenceStep, lead: Reachable): Channel {
  return reachableOn(step.channel, lead).channel;
}

function reachableOn(channel: Channel, { email, phone }: Reachable): { channel: Channel; because?: string } {
  if (channel === 'call' && phone === null && email !== null)
    return { channel: 'email', because: 'no phone number known' };
  if (channel === 'email' && email === null && phone !== null)
    return { channel: 'call', because: 'no mail address known' };
  return { channel };
}

/**
 * The messages made for this channel, best first: the planned one, those of later steps, mails that stand in no cadence.
 * Never one made for an earlier attempt: a first mail is none any more. Other ranks' only where there is none: what greets
 * a stranger is not for somebody who wrote to us.
 */
function messagesFor(channel: Channel, planned: CadenceStep, rank: string, playbook: Playbook): string[] {
  const own = playbook.ranks[rank]?.cadence ?? [];
  const place = Math.max(own.indexOf(planned), 0);
  const past = new Set(own.slice(0, place).map(({ message }) => message));
  const every = Object.values(playbook.ranks).flatMap(({ cadence }) => cadence);
  const onChannel = (steps: readonly CadenceStep[]): string[] =>
    steps.filter((step) => step.channel === channel).map((step) => step.message);
  const inNone = Object.entries(playbook.messages).filter(
    ([key, { subject }]) =>
      channel === 'email' && subject !== undefined && !every.some(({ message }) => message === key),
  );
  const found = [...onChannel([planned, ...own.slice(place + 1)]), ...inNone.map(([key]) => key)];
  if (found.length > 0) return [...new Set(found)];
  const fromHere = Object.values(playbook.ranks).flatMap(({ cadence }) => cadence.slice(place));
  return [...new Set(onChannel(fromHere).filter((message) => !past.has(message)))];
}

/** What each of the playbook's messages is made for, as far as the cadences or a subject tell. */
export function channelOf(key: string, rank: string, playbook: Playbook): Channel | undefined {
  const own = playbook.ranks[rank]?.cadence ?? [];
  const steps = [...own, ...Object.values(playbook.ranks).flatMap(({ cadence }) => cadence)];
  const step = steps.find(({ message }) => message === key);
  return step?.channel ?? (playbook.messages[key]?.subject === undefined ? undefined : 'email');
}

/** Every message of the playbook: those of the rank's cadence in its order, then those of none, then the others'. */
export function messageOrder(rank: string, playbook: Playbook): string[] {
  const own = (playbook.ranks[rank]?.cadence ?? []).map(({ message }) => message);
  const others = new Set(
    Object.values(playbook.ranks).flatMap(({ cadence }) => cadence.map(({ message }) => message)),
  );
  const rest = Object.keys(playbook.messages).filter((key) => !own.includes(key));
  const inNone = rest.filter((key) => !others.has(key));
  return [...new Set([...own, ...inNone, ...rest])];
}
