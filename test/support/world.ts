import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import { type Wired, wireApp } from '../../src/demo/wire.ts';
import { botUserId, channels, demoWorkspace, people } from '../../src/demo/workspace.ts';
import {
  type Message,
  type Outcome,
  type Sandbox,
  SandboxClock,
  startSandbox,
} from '../../src/sandbox/index.ts';

export { botUserId, channels, people };

export const berlin = 'Europe/Berlin';
/** A Monday, 10:00 in Berlin. */
export const mondayMorning = Date.UTC(2026, 10, 2, 9, 0);

export interface WorldOptions {
  startAt?: number;
  zone?: string;
  mode?: 'claim' | 'round_robin';
  playbookPath?: string;
  databasePath?: string;
  /** Leave the channel as a newcomer finds it. */
  unset?: boolean;
}

type PersonName = keyof typeof people;
type ChannelName = keyof typeof channels;

/**
 * The product in a small Slack with a movable clock: the unchanged app over Socket Mode, a real database, and what
 * people can do and see. Ends with the test.
 */
export class World {
  readonly sandbox: Sandbox;
  #wired: Wired;
  readonly #options: WorldOptions;

  constructor(sandbox: Sandbox, wired: Wired, options: WorldOptions) {
    this.sandbox = sandbox;
    this.#wired = wired;
    this.#options = options;
  }

  get app(): Wired['app'] {
    return this.#wired.app;
  }

  get db(): Wired['db'] {
    return this.#wired.db;
  }

  get now(): number {
    return this.sandbox.clock.now();
  }

  /** Invites the app and fills in the setup form, as a manager would. */
  async setUp(mode: 'claim' | 'round_robin' = 'claim', zone = berlin): Promise<void> {
    this.invite();
    this.sandbox.invite({ channel: channels.marketing, user: botUserId });
    await this.settle();
    await this.click('mona', this.lastMessage('leads', /Set up this channel/), 'team_setup');
    await this.submitSetup({ mode, zone });
    await this.settle();
  }

  invite(): void {
    this.sandbox.invite({ channel: channels.leads, user: botUserId, by: people.mona });
  }

  async submitSetup(values: Record<string, unknown> = {}): Promise<Outcome> {
    return this.sandbox.submit({
      user: people.mona,
      values: {
        name: 'Inbound',
        reps: [people.alice, people.bob, people.carol],
        managers: [people.mona],
        marketing: channels.marketing,
        mode: 'claim',
        zone: berlin,
        days: ['1', '2', '3', '4', '5'],
        start: '09:00',
        end: '17:00',
        ...values,
      },
    });
  }

  /** A lead as HubSpot posts it. @returns the lead that became of it */
  async hubspotLead(fields: Record<string, string> = {}): Promise<LeadRow> {
    const all = {
      'First Name': 'Ada',
      'Last Name': 'Lovelace',
      Email: 'ada@analytical.example',
      Company: 'Analytical Engines',
      Form: 'Demo request',
      ...fields,
    };
    const text = Object.entries(all)
      .map(([label, value]) => `*${label}*: ${value.includes('@') ? `<mailto:${value}|${value}>` : value}`)
      .join('\n');
    this.sandbox.botMessage({
      channel: channels.leads,
      username: 'HubSpot',
      attachments: [{ fallback: text, text, mrkdwn_in: ['text'] }],
    });
    await this.settle();
    return this.newestLead();
  }

  async newestLead(): Promise<LeadRow> {
    return this.db.selectFrom('lead').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
  }

  async lead(id: number): Promise<LeadRow> {
    return this.db.selectFrom('lead').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  }

  /** The lead's card as it stands in the channel. */
  card(lead: Pick<LeadRow, 'id'>): Message {
    const card = this.posts('leads').find(
      (message) =>
        JSON.stringify(message.blocks ?? []).includes(`"value":"${lead.id}"`) &&
        message.text?.startsWith('Lead:'),
    );
    if (!card) throw new Error(`Lead ${lead.id} has no card in the channel.`);
    return card;
  }

  /** Top-level messages of a channel, oldest first. */
  posts(channel: ChannelName): Message[] {
    return this.sandbox
      .messages(channels[channel])
      .filter(
        (message) => message.ephemeral_to === undefined && (message.thread_ts ?? message.ts) === message.ts,
      );
  }

  thread(lead: Pick<LeadRow, 'id'>): Message[] {
    const card = this.card(lead);
    return this.sandbox
      .messages(channels.leads)
      .filter(
        (message) =>
          message.thread_ts === card.ts && message.ts !== card.ts && message.ephemeral_to === undefined,
      );
  }

  /** What one person alone was told in a channel, oldest first. */
  whispers(person: PersonName, channel: ChannelName = 'leads'): Message[] {
    return this.sandbox
      .messages(channels[channel])
      .filter((message) => message.ephemeral_to === people[person]);
  }

  lastWhisper(person: PersonName, channel: ChannelName = 'leads'): string {
    return textOf(this.whispers(person, channel).at(-1));
  }

  lastMessage(channel: ChannelName, matching: RegExp): Message {
    const found = this.sandbox
      .messages(channels[channel])
      .filter((message) => matching.test(textOf(message)))
      .at(-1);
    if (!found) throw new Error(`No message in ${channel} matches ${String(matching)}`);
    return found;
  }

  /** Clicks a button, or chooses the option with this value from a menu, and waits until all is sent. */
  async click(person: PersonName, message: Message, actionId: string, value?: string): Promise<Outcome> {
    const outcome = await this.clickOnly(person, message, actionId, value);
    await this.settle();
    return outcome;
  }

  /** The click alone: what it queued is not sent yet. */
  clickOnly(person: PersonName, message: Message, actionId: string, value?: string): Promise<Outcome> {
    return this.sandbox.interact({
      channel: typeof message['channel'] === 'string' ? message['channel'] : channels.leads,
      messageTs: message.ts,
      user: people[person],
      action: { action_id: actionId, ...(value !== undefined && { value }) },
    });
  }

  async submit(person: PersonName, values: Record<string, unknown>): Promise<Outcome> {
    const outcome = await this.sandbox.submit({ user: people[person], values });
    await this.settle();
    return outcome;
  }

  /** Types a slash command. @returns what the person reads */
  async command(person: PersonName, typed: string, channel: ChannelName = 'leads'): Promise<string> {
    const before = this.whispers(person, channel).length;
    const [command = '', ...rest] = typed.split(' ');
    const input = { channel: channels[channel], user: people[person], command, text: rest.join(' ') };
    await this.sandbox.command(input);
    await this.settle();
    return this.whispers(person, channel).slice(before).map(textOf).join('\n');
  }

  directMessages(person: PersonName): string[] {
    return this.sandbox.directMessages(people[person]).map(textOf);
  }

  /** Lets time pass: `30m`, `4h`, `2d`, `1w`; every tick in between runs. */
  async advance(span: string): Promise<void> {
    const unit = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }[span.slice(-1)] ?? NaN;
    await this.advanceTo(this.now + Number(span.slice(0, -1)) * unit);
  }

  async advanceTo(at: number): Promise<void> {
    await this.#wired.driveTo(at);
  }

  /** Sends everything that is due now. */
  async settle(): Promise<void> {
    await this.#wired.settle();
  }

  /** Stops the app; time may pass without it (`sandbox.clock.set`) until `comeBack`. */
  async goDown(): Promise<void> {
    await this.#wired.stop();
  }

  /** Starts the app again on the same database, which must be a file. */
  async comeBack(): Promise<void> {
    this.#wired = await wire(this.sandbox, this.#options);
    await this.#wired.app.tick();
    await this.settle();
  }

  async end(): Promise<void> {
    await this.#wired.stop().catch(() => undefined);
    await this.sandbox.stop();
  }
}

/** Everything a reader can read of a message: its text and all texts in its blocks. */
export function textOf(message: Message | undefined): string {
  if (!message) return '';
  const parts: string[] = [message.text ?? ''];
  const collect = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (key === 'text') parts.push(value);
    } else if (Array.isArray(value)) value.forEach((entry) => collect(entry, ''));
    else if (typeof value === 'object' && value !== null) {
      for (const [name, entry] of Object.entries(value)) collect(entry, name);
    }
  };
  collect(message.blocks ?? [], '');
  return parts.join('\n');
}

/** The action ids of a message's buttons and menus. */
export function actionIds(message: Message): string[] {
  return [...JSON.stringify(message.blocks ?? []).matchAll(/"action_id":"([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  );
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const clock = new SandboxClock({ frozenAt: options.startAt ?? mondayMorning });
  const sandbox = await startSandbox({ seed: demoWorkspace(options.zone ?? berlin), clock });
  const world = new World(sandbox, await wire(sandbox, options), options);
  onTestFinished(() => world.end());
  if (!options.unset) await world.setUp(options.mode, options.zone ?? berlin);
  return world;
}

function wire(sandbox: Sandbox, options: WorldOptions): Promise<Wired> {
  return wireApp({
    sandbox,
    databasePath: options.databasePath ?? ':memory:',
    playbookPath: options.playbookPath ?? 'data/playbook.yml',
    log: pino({ level: process.env['TEST_LOG'] ?? 'silent' }),
  });
}
