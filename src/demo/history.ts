import { readFileSync } from 'node:fs';
import { addWorkingMinutes } from '../calendar/working-time.ts';
import { workingCalendar } from '../calendar/working-calendar.ts';
import { localDate } from '../calendar/zone.ts';
import type { Message, Sandbox } from '../sandbox/index.ts';
import { awaitView } from './await-view.ts';
import { seededRandom } from './random.ts';
import { postFromHubSpot, type SampleLead } from './samples.ts';
import type { Wired } from './wire.ts';
import { botUserId, channels, people } from './workspace.ts';

interface Habit {
  rep: string;
  /** How many attempts this rep makes before giving up. */
  attempts: number;
  /** How long after a lead is due this rep gets to it, in working hours. */
  slack: number;
}

/** Alice keeps to the cadence; Bob stops after two, as most do; Carol is somewhere between. */
const habits: readonly Habit[] = [
  { rep: people.alice, attempts: 6, slack: 1 },
  { rep: people.bob, attempts: 2, slack: 6 },
  { rep: people.carol, attempts: 4, slack: 3 },
];

interface Event {
  at: number;
  run(): Promise<unknown> | void;
}

/**
 * Two weeks of a sales team's life, told by clicking through the app as its people would, under a moved clock. Ends
 * at `until`; leads that the team has not come to yet stay open.
 */
export async function tellHistory(
  sandbox: Sandbox,
  wired: Wired,
  leads: readonly SampleLead[],
  options: { zone: string; until: number },
): Promise<void> {
  const random = seededRandom(6);
  const calendar = workingCalendar({
    zone: options.zone,
    days: [1, 2, 3, 4, 5],
    start: '09:00',
    end: '17:00',
  });
  const hours = (from: number, amount: number): number =>
    addWorkingMinutes(calendar, from, Math.round(amount * 60));
  const start = sandbox.clock.now();
  await setUpTeam(sandbox, wired, options.zone);

  const agenda: Event[] = [];
  const spread = 78 / leads.length;
  leads.forEach((lead, index) => {
    const habit = habits[index % habits.length];
    if (!habit) return;
    const arrival = hours(start, 1 + index * spread);
    const isHeld = lead.form.includes('list');
    const offered = isHeld ? hours(arrival, 4 + random() * 4) : arrival;
    const claim = hours(offered, 0.2 + random());
    agenda.push({ at: arrival, run: () => postFromHubSpot(sandbox, lead) });
    if (isHeld) agenda.push({ at: offered, run: () => release(sandbox, lead) });
    agenda.push(...followUp(lead, habit, claim));
  });
  agenda.push({ at: hours(start, 52), run: () => importTradeFair(sandbox, wired) });
  agenda.push({ at: hours(start, 77), run: () => askAgain(sandbox, leads[leads.length - 12]) });
  agenda.sort((a, b) => a.at - b.at);
  for (const event of agenda) {
    if (event.at > options.until) break;
    await wired.driveTo(event.at);
    await event.run();
    await wired.settle();
  }
  await wired.driveTo(options.until);

  function followUp(lead: SampleLead, habit: Habit, claim: number): Event[] {
    const click = (actionId: string, value?: string) => () =>
      clickOnCard(sandbox, lead, habit.rep, actionId, value);
    const events: Event[] = [{ at: claim, run: click('claim') }];
    const touches = [
      'touch:no_answer',
      'touch:email',
      'touch:voicemail',
      'touch:linkedin',
      'touch:email',
      'touch:no_answer',
    ];
    let at = hours(claim, 0.5 + random());
    const repliesAt = random() < 0.4 ? 3 + Math.floor(random() * 2) : 0;
    const complaint = complaintAbout(lead, habit);
    for (let attempt = 1; attempt <= habit.attempts; attempt += 1) {
      if (attempt === repliesAt) {
        const ending: Ending =
          random() < 0.6 ? { resolution: 'qualified' } : { resolution: 'nurture', told: 'sent' };
        events.push({ at, run: click('touch:replied') });
        const agreed = hours(at, 17);
        if (ending.resolution === 'qualified') {
          events.push({
            at: hours(at, 1),
            run: () => agree(sandbox, lead, habit.rep, localDate(options.zone, agreed)),
          });
          events.push({ at: agreed, run: click('touch:email') });
        }
        const end = ending.resolution === 'qualified' ? hours(agreed, 3) : hours(at, 3);
        events.push({ at: end, run: () => close(sandbox, lead, habit.rep, ending) });
        return events;
      }
      events.push({ at, run: click(touches[attempt - 1] ?? 'touch:email') });
      if (attempt === 2 && complaint !== undefined)
        events.push({ at: hours(at, 0.1), run: click('flag', complaint) });
      // A fact closes at once, an opinion only after the third attempt.
      const closesAfter = complaint === 'bounced' ? 2 : 3;
      if (attempt === closesAfter && complaint !== undefined && random() < 0.5) {
        const told = random() < 0.5 ? 'sent' : 'no';
        const ending: Ending = { resolution: 'disqualified', reason: complaint, told };
        events.push({ at: hours(at, 2), run: () => close(sandbox, lead, habit.rep, ending) });
        return events;
      }
      at = hours(at, 7 + habit.slack + random() * 6);
    }
    const ending: Ending = { resolution: 'unresponsive', told: 'sent' };
    if (habit.attempts === touches.length)
      events.push({ at, run: () => close(sandbox, lead, habit.rep, ending) });
    return events;
  }

  /** What the reps complain about, source by source. */
  function complaintAbout(lead: SampleLead, habit: Habit): string | undefined {
    const chance = random();
    if (lead.form.includes('list')) return chance < 0.8 ? 'bounced' : 'not_interested';
    if (lead.form.includes('Newsletter')) return chance < 0.7 ? 'not_interested' : 'missing_phone';
    if (lead.form.includes('Ebook')) return chance < 0.6 ? 'wrong_persona' : 'missing_context';
    if (lead.phone === '' && chance < 0.6) return 'missing_phone';
    return habit.rep === people.bob && chance < 0.5 ? 'too_small' : undefined;
  }
}

async function setUpTeam(sandbox: Sandbox, wired: Wired, zone: string): Promise<void> {
  sandbox.invite({ channel: channels.leads, user: botUserId, by: people.mona });
  sandbox.invite({ channel: channels.marketing, user: botUserId, by: people.max });
  await wired.settle();
  const greeting = sandbox.messages(channels.leads).find((message) => hasAction(message, 'team_setup'));
  if (!greeting) throw new Error('The app did not greet the lead channel.');
  const button = { action_id: 'team_setup' };
  await sandbox.interact({
    channel: channels.leads,
    messageTs: greeting.ts,
    user: people.mona,
    action: button,
  });
  await awaitView(sandbox, people.mona);
  await sandbox.submit({
    user: people.mona,
    values: {
      name: 'Inbound',
      reps: [people.alice, people.bob, people.carol],
      managers: [people.mona],
      marketing: channels.marketing,
      zone,
    },
  });
  await wired.settle();
}

/** Marketing lets a lead from a list go to the reps. */
async function release(sandbox: Sandbox, lead: SampleLead): Promise<void> {
  const card = sandbox
    .messages(channels.marketing)
    .find((message) => hasAction(message, 'held_release') && message.text?.includes(lead.lastName));
  if (!card) return;
  const action = { action_id: 'held_release' };
  await sandbox.interact({ channel: channels.marketing, messageTs: card.ts, user: people.max, action });
}

/** Marketing brings a list home from the trade fair. */
async function importTradeFair(sandbox: Sandbox, wired: Wired): Promise<void> {
  const [channel, user] = [channels.marketing, people.max];
  await sandbox.command({ channel, user, command: '/leads', text: 'import' });
  await awaitView(sandbox, user);
  const content = readFileSync(new URL('../../data/samples/trade-fair.csv', import.meta.url), 'utf8');
  await sandbox.submit({ user, values: { file: { name: 'Trade fair badge scan list.csv', content } } });
  await wired.settle();
  await sandbox.submit({ user, values: {} });
}

/** The same person writes from another address: a manager is asked. */
function askAgain(sandbox: Sandbox, lead: SampleLead | undefined): void {
  if (!lead) return;
  const email = lead.email.replace(/^[^@]*/, `${lead.firstName}.${lead.lastName}`.toLowerCase());
  postFromHubSpot(sandbox, { ...lead, email, form: 'Contact form', message: 'Did you get my last request?' });
}

/**
 * Clicks as a rep would: on the lead's card, if the element is still there. Whoever has the lead by now does it: the
 * app may have given it to somebody else. @returns who clicked; undefined if the element was gone
 */
async function clickOnCard(
  sandbox: Sandbox,
  lead: SampleLead,
  user: string,
  actionId: string,
  option?: string,
): Promise<string | undefined> {
  const card = sandbox
    .messages(channels.leads)
    .find((message) => message.text?.startsWith(`Lead: ${lead.firstName} ${lead.lastName}`));
  if (!card || !hasAction(card, actionId)) return undefined;
  const holder = /:bust_in_silhouette: <@(\w+)>/.exec(JSON.stringify(card.blocks))?.[1] ?? user;
  const leadId = /"value":"(\d+)"/.exec(JSON.stringify(card.blocks))?.[1] ?? '';
  const action = { action_id: actionId, ...(option !== undefined && { value: `${leadId}:${option}` }) };
  await sandbox.interact({ channel: channels.leads, messageTs: card.ts, user: holder, action });
  return holder;
}

/** They want to go on: the rep says what comes next. @param day `YYYY-MM-DD` */
async function agree(sandbox: Sandbox, lead: SampleLead, user: string, day: string): Promise<void> {
  const holder = await clickOnCard(sandbox, lead, user, 'next_step');
  if (holder === undefined) return;
  await awaitView(sandbox, holder);
  const form = sandbox.view(holder);
  const asks = JSON.stringify(form?.blocks).includes('"step_said"');
  const said = { step_said: `${form?.private_metadata.split(':')[0] ?? ''}:interested` };
  const step = { step: 'Send the offer', step_date: day };
  await sandbox.submit({ user: holder, values: { ...(asks && said), ...step } });
  if (sandbox.view(holder) !== undefined) await sandbox.closeView({ user: holder });
}

/** How a lead ends; a reason that is missing data leaves it open. */
interface Ending {
  resolution: string;
  reason?: string;
  told?: 'sent' | 'no';
}

/** Through the form: each answer brings the next question. */
async function close(
  sandbox: Sandbox,
  lead: SampleLead,
  user: string,
  { resolution, reason, told }: Ending,
): Promise<void> {
  const holder = await clickOnCard(sandbox, lead, user, 'resolve');
  if (holder === undefined) return;
  await awaitView(sandbox, holder);
  const end = `${sandbox.view(holder)?.private_metadata ?? ''}:${resolution}`;
  const steps = [
    ['close_as', end],
    ['close_reason', `${end}:${reason ?? ''}`],
    ['close_told', told],
  ] as const;
  for (const [field, value] of steps) {
    const form = JSON.stringify(sandbox.view(holder)?.blocks ?? []);
    if (form.includes(`"block_id":"${field}"`) && !(field === 'close_as' && !form.includes(`"${end}"`)))
      await sandbox.submit({ user: holder, values: { [field]: value } });
  }
  if (sandbox.view(holder) !== undefined) await sandbox.closeView({ user: holder });
}

function hasAction(message: Message, actionId: string): boolean {
  return JSON.stringify(message.blocks ?? []).includes(`"action_id":"${actionId}"`);
}
