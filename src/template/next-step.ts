import type { LeadRow } from '../db/schema.ts';
import type { CadenceStep, placeholders, Playbook } from '../playbook/schema.ts';
import { escape, line, truncate } from '../slack/kit.ts';

type Channel = CadenceStep['channel'];
type Reachable = Pick<LeadRow, 'email' | 'phone'>;

/** What to try: the planned step, or another channel where the lead can't be reached on the planned one. */
export interface NextStep {
  channel: Channel;
  /** A key of the playbook's messages; undefined when it has none for this channel. */
  message: string | undefined;
  /** Why it is not the planned channel. */
  because?: string;
}

/** A call needs a number and a mail an address: without it the other one is suggested, with a message made for it. */
export function nextStep(
  step: CadenceStep,
  lead: Reachable & Pick<LeadRow, 'rank'>,
  playbook: Playbook,
): NextStep {
  const swap = (channel: Channel, because: string): NextStep => ({
    channel,
    message: messageFor(channel, step, lead.rank, playbook),
    because,
  });
  if (step.channel === 'call' && lead.phone === null && lead.email !== null)
    return swap('email', 'no phone number known');
  if (step.channel === 'email' && lead.email === null && lead.phone !== null)
    return swap('call', 'no mail address known');
  return { channel: step.channel, message: step.message };
}

/** The message of the next planned step on this channel, else of the last one before: never the first mail at the end. */
function messageFor(
  channel: Channel,
  planned: CadenceStep,
  rank: string,
  playbook: Playbook,
): string | undefined {
  const own = playbook.ranks[rank]?.cadence ?? [];
  const place = own.indexOf(planned);
  const steps = [
    ...own.slice(place + 1),
    ...own.slice(0, place).reverse(),
    ...Object.values(playbook.ranks).flatMap((entry) => entry.cadence),
  ];
  return steps.find((step) => step.channel === channel)?.message;
}

type Placeholder = (typeof placeholders)[number];
const unknownValue: Record<Placeholder, string> = {
  name: 'there',
  account: 'your company',
  source: 'our website',
  asked: 'your request',
  // A mention copied into a mail would be a stray id.
  rep: '(your name)',
};

/** A playbook message as mrkdwn, its placeholders filled in; what is unknown reads as plain words. */
function fillMessage(text: string, values: Partial<Record<Placeholder, string | undefined>>): string {
  return escape(truncate(text, 1500)).replace(/\{(\w+)\}/g, (match, name: string) =>
    name in unknownValue ? (values[name as Placeholder] ?? unknownValue[name as Placeholder]) : match,
  );
}

const channelNames: Record<Channel, string> = {
  call: 'Call',
  email: 'Email',
  linkedin: 'LinkedIn',
  text: 'Text message',
};

/** The next step for mrkdwn: channel, message, and its text filled in and ready to copy. */
export function nextStepText(step: CadenceStep, lead: LeadRow, playbook: Playbook): string {
  const { channel, message: key, because } = nextStep(step, lead, playbook);
  const message = key === undefined ? undefined : playbook.messages[key];
  const title = `*Try next: ${channelNames[channel]}*${because === undefined ? '' : ` (${because})`}`;
  if (!message) return title;
  const firstName = lead.name?.trim().split(/\s+/)[0];
  const text = fillMessage(message.text, {
    name: firstName === undefined ? undefined : line(firstName, 40),
    account: lead.account === null ? undefined : line(lead.account, 80),
    source: line(formName(lead.source), 80),
  });
  return `${title} · ${line(message.label)}\n>${text.replaceAll('\n', '\n>')}`;
}

/** The source as the prospect knows it: without the app that posted it, as in `HubSpot: Demo request`. */
function formName(source: string): string {
  return source.replace(/^[^:]{1,30}:\s+(?=\S)/, '');
}
