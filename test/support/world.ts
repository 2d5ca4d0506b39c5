import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { onTestFinished } from 'vitest';
import { localTime } from '../../src/calendar/zone.ts';
import type { LeadRow } from '../../src/db/schema.ts';
import { awaitView } from '../../src/demo/await-view.ts';
import { type Wired, wireApp } from '../../src/demo/wire.ts';
import { botUserId, channels, demoWorkspace, people, productApp } from '../../src/demo/workspace.ts';
import {
  type Message,
  type Outcome,
  type Sandbox,
  SandboxClock,
  startSandbox,
} from '../../src/sandbox/index.ts';

export { botUserId, channels, people };

export const berlin = 'Europe/Berlin';
export const newYork = 'America/New_York';
/** A Monday, 10:00 in Berlin. */
export const mondayMorning = Date.UTC(2026, 10, 2, 9, 0);

export interface WorldOptions {
  startAt?: number;
  zone?: string;
  mode?: 'claim' | 'round_robin';
  playbookPath?: string;
  databasePath?: string;
  /** Leave the morning briefs on; else all reps have switched theirs off, so that a story hears of one thing. */
  briefs?: boolean;
  /** Leave the channel as a newcomer finds it. */
  unset?: boolean;
  /** A kind of block that this Slack does not know yet: calls that name it are refused. */
  refusedBlock?: string;
  /** Where the log goes; silent without it. */
  log?: Logger;
}

export type PersonName = keyof typeof people;
type ChannelName = keyof typeof channels;

/** The instant of a local time: `moment('2026-11-06', '16:00')`. */
export function moment(date: string, time: string, zone = berlin): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return localTime(zone, { date, minuteOfDay: hours * 60 + minutes });
}

/** A file path in a folder that goes with the test. */
export function temporaryFile(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sixth-touch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}

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

  /** Everybody has switched their morning brief off. */
  async withoutBriefs(): Promise<void> {
    const rows = Object.values(people).map((userId) => ({ team_id: 'T0ACME', user_id: userId, brief: 0 }));
    await this.db.insertInto('preference').values(rows).execute();
  }

  invite(): void {
    this.sandbox.invite({ channel: channels.leads, user: botUserId, by: people.mona });
  }

  async submitSetup(values: Record<string, unknown> = {}): Promise<Outcome> {
    await awaitView(this.sandbox, people.mona);
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

  /** A lead as a colleague types it. @returns the lead that became of it */
  async typedLead(text: string, by: PersonName = 'max'): Promise<LeadRow> {
    this.sandbox.postMessage({ channel: channels.leads, user: people[by], text: `New lead: ${text}` });
    await this.settle();
    return this.newestLead();
  }

  /** Another lead of rank A, told from the others by its name. */
  async demoLead(name: string): Promise<LeadRow> {
    const [first = name, last = 'Example'] = name.split(' ');
    const Email = `${name.toLowerCase().replace(/\W+/g, '.')}@${last.toLowerCase()}.example`;
    return this.hubspotLead({ 'First Name': first, 'Last Name': last, Email, Company: `${last} Ltd` });
  }

  /** A lead of rank A that this rep has claimed. */
  async ownedLead(owner: PersonName, name = 'Ada Lovelace'): Promise<LeadRow> {
    const lead = await this.demoLead(name);
    // Who has the account's other leads was given this one.
    if (lead.owner_id !== people[owner]) await this.click(owner, this.card(lead), 'claim');
    return this.lead(lead.id);
  }

  async leads(): Promise<LeadRow[]> {
    return this.db.selectFrom('lead').selectAll().orderBy('id').execute();
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

  /** The lead's nudges as they read now, answered ones included. */
  nudges(lead: Pick<LeadRow, 'id'>): string[] {
    return this.thread(lead)
      .map((message) => message.text)
      .filter((text) => /attempt/i.test(text));
  }

  /** The newest nudge of a lead, with its buttons. */
  nudge(lead: Pick<LeadRow, 'id'>): Message {
    const found = this.thread(lead)
      .filter((message) => /attempt/i.test(message.text))
      .at(-1);
    if (!found) throw new Error(`Lead ${lead.id} has no nudge.`);
    return found;
  }

  /** A message of an older version of the app: one button that nothing shows any more. */
  async oldMessage(actionId: string, value = '1'): Promise<Message> {
    const button = { type: 'button', action_id: actionId, value, text: { type: 'plain_text', text: 'Old' } };
    const body = {
      channel: channels.leads,
      text: 'An old message',
      blocks: [{ type: 'actions', elements: [button] }],
    };
    await fetch(`${this.sandbox.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${productApp.botToken}` },
      body: JSON.stringify(body),
    });
    await this.settle();
    return this.lastMessage('leads', /An old message/);
  }

  /** Everything that a person's click can change: to show that one changed nothing. */
  async records(): Promise<Record<string, unknown[]>> {
    const tables = ['lead', 'touch', 'flag', 'assignment', 'audit', 'member', 'sales_team'] as const;
    const rows: Record<string, unknown[]> = {};
    for (const table of tables) rows[table] = await this.db.selectFrom(table).selectAll().execute();
    return rows;
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

  /** The newest message that only this person sees, with its buttons. */
  whisper(person: PersonName, channel: ChannelName = 'leads'): Message {
    const found = this.whispers(person, channel).at(-1);
    if (!found) throw new Error(`${person} was told nothing in ${channel}.`);
    return found;
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

  /** "Bad lead" on the lead's card. */
  flag(person: PersonName, lead: Pick<LeadRow, 'id'>, reason: string): Promise<Outcome> {
    return this.click(person, this.card(lead), 'flag', `${lead.id}:${reason}`);
  }

  /** Closes a lead through its form. @param reason for rejected and disqualified: an id of the playbook's */
  async close(
    person: PersonName,
    lead: Pick<LeadRow, 'id'>,
    resolution: string,
    answered: 'yes' | 'no' = 'yes',
    reason = 'competitor',
  ): Promise<Outcome> {
    await this.click(person, this.card(lead), 'resolve');
    const end = `${lead.id}:${resolution}`;
    const ended = await this.submit(person, { close_as: end });
    if (resolution === 'qualified') return ended;
    const needsReason = resolution === 'rejected' || resolution === 'disqualified';
    if (needsReason) await this.submit(person, { close_reason: `${end}:${reason}` });
    const asks = JSON.stringify(this.sandbox.view(people[person])?.blocks).includes('"close_told"');
    return this.submit(person, asks ? { close_told: answered === 'yes' ? 'sent' : 'no' } : {});
  }

  async submit(person: PersonName, values: Record<string, unknown>): Promise<Outcome> {
    await awaitView(this.sandbox, people[person]);
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

  /** The sentence that lies on top of a form that was refused as a whole; empty if none was. */
  refusal(person: PersonName): string {
    const view = this.sandbox.view(people[person]);
    return view?.callback_id === 'refusal' ? textOf({ ts: '', blocks: view.blocks } as Message) : '';
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

  /** Jumps to an instant with one tick there: what a scheduler that slept does, and much faster than `advanceTo`. */
  async skipTo(at: number): Promise<void> {
    if (at > this.now) this.sandbox.clock.set(at);
    await this.app.tick();
    await this.settle();
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
  const block = options.refusedBlock;
  if (block !== undefined) sandbox.faults([{ do: 'invalid_blocks', match: { block } }]);
  const world = new World(sandbox, await wire(sandbox, options), options);
  onTestFinished(() => world.end());
  if (!options.unset) await world.setUp(options.mode, options.zone ?? berlin);
  if (!options.briefs) await world.withoutBriefs();
  return world;
}

async function wire(sandbox: Sandbox, options: WorldOptions): Promise<Wired> {
  return wireApp({
    sandbox,
    databasePath: options.databasePath ?? ':memory:',
    playbookPath: options.playbookPath ?? 'data/playbook.yml',
    log: options.log ?? pino({ level: process.env['TEST_LOG'] ?? 'silent' }),
  });
}
