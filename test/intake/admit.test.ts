import { beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import type { LeadRow } from '../../src/db/schema.ts';
import { admit, type Admitted, type Arrival } from '../../src/intake/admit.ts';
import { draftOf, type LeadDraft } from '../../src/intake/draft.ts';
import { readPhone } from '../../src/intake/phone.ts';
import { Playbooks } from '../../src/playbook/playbooks.ts';
import { saveTeam } from '../../src/team/store.ts';
import type { Team } from '../../src/team/team.ts';
import type { Work } from '../../src/work.ts';
import { someTime } from '../support/rows.ts';
import { germanPlaybook } from './german-playbook.ts';

let work: Work;
let team: Team;
let keys = 0;

beforeEach(async () => {
  const workspace = { teamId: 'T0ACME', botUserId: 'U0SIXTH', url: 'https://acme-sales.slack.com/' };
  const db = openDatabase(':memory:');
  const playbooks = new Playbooks('data/playbook.yml', workspace.teamId);
  await playbooks.load(db, someTime);
  work = { db, now: someTime, playbooks, workspace };
  team = await addTeam('C0LEADS');
});

async function addTeam(channelId: string): Promise<Team> {
  const settings = {
    name: `Team of ${channelId}`,
    mode: 'claim' as const,
    zone: 'Europe/Berlin',
    workingDays: [1, 2, 3, 4, 5],
    dayStart: '09:00',
    dayEnd: '17:00',
    marketingChannelId: 'C0MARKETING',
    reps: ['U0ALICE'],
    managers: ['U0MONA'],
  };
  return saveTeam(work, channelId, settings, someTime);
}

const ada = { name: 'Ada Lovelace', email: 'ada@analytical.example', source: 'Newsletter' };

async function arrive(parts: Partial<LeadDraft>, more: Partial<Arrival> = {}): Promise<Admitted> {
  keys += 1;
  return admit(work, { team, way: 'webhook', key: `webhook:1:${keys}`, draft: draftOf(parts), ...more });
}

async function leads(): Promise<LeadRow[]> {
  return work.db.selectFrom('lead').selectAll().orderBy('id').execute();
}

/** What became of a second arrival after a first. */
async function second(first: Partial<LeadDraft>, then: Partial<LeadDraft>): Promise<Admitted['outcome']> {
  await arrive(first);
  return (await arrive(then)).outcome;
}

/** Everything that an arrival can write. */
async function everything(): Promise<unknown> {
  const tables = ['lead', 'signal', 'arrival', 'probable_duplicate', 'outbox', 'audit'] as const;
  return Promise.all(tables.map((table) => work.db.selectFrom(table).selectAll().execute()));
}

describe('the same key twice changes nothing', () => {
  test.each<[Arrival['way'], string]>([
    ['post', 'post:C0LEADS:1795000000.000100'],
    ['webhook', 'webhook:1:evt_1'],
    ['import', 'import:1:abc'],
    ['hand', 'hand:C0SALES:1795000000.000100'],
  ])('%s', async (way, key) => {
    await arrive(ada, { way, key });
    const before = await everything();
    const changed = { ...ada, name: 'Somebody Else', email: 'else@analytical.example' };
    expect(await arrive(changed, { way, key })).toEqual({ outcome: 'repeat' });
    expect(await everything()).toEqual(before);
  });

  test('also for what joined a lead or waits for a manager', async () => {
    await arrive(ada);
    await arrive(ada, { key: 'webhook:1:joined' });
    await arrive({ ...ada, email: 'al@analytical.example' }, { key: 'webhook:1:waiting' });
    const before = await everything();
    for (const key of ['webhook:1:joined', 'webhook:1:waiting']) {
      expect(await arrive(ada, { key })).toEqual({ outcome: 'repeat' });
    }
    expect(await everything()).toEqual(before);
  });
});

describe('the same mail address is the same person', () => {
  test.each([
    ['ada@analytical.example', 'ADA@Analytical.Example'],
    ['ada@analytical.example', 'ada+newsletter@analytical.example'],
    ['ada.lovelace@gmail.com', 'AdaLovelace+demo@googlemail.com'],
  ])('%s and %s', async (first, then) => {
    const outcome = await second({ name: 'Ada Lovelace', email: first }, { name: 'A. L.', email: then });
    expect([outcome, (await leads()).length]).toEqual(['signal', 1]);
  });

  test.each([
    ['ada.lovelace@analytical.example', 'adalovelace@analytical.example'],
    ['ada@analytical.example', 'ada@analytical.test'],
    ['ada@gmail.com', 'ada@outlook.com'],
  ])('but not %s and %s', async (first, then) => {
    expect(await second({ name: 'Ada', email: first }, { name: 'Ada', email: then })).toBe('lead');
  });
});

describe('the same phone number is the same person where one of the two has no mail address', () => {
  test.each([
    ['+49 30 901820', '030 / 90 18 20', 'DE'],
    ['(030) 901820', '0049 30 901820', 'DE'],
    ['tel:+1-202-555-0123', '202.555.0123', 'US'],
    ['+44 (0)20 7946 0018', '020 7946 0018', 'GB'],
  ])('%s and %s in %s', async (first, then, region) => {
    const outcome = await second(
      { name: 'Ada Lovelace', phone: readPhone(first, region) },
      { name: 'A. L.', phone: readPhone(then, region) },
    );
    expect(outcome).toBe('signal');
  });

  test('a number without a country is anybody’s', async () => {
    expect(await second({ phone: '030 901820' }, { phone: '030 901820' })).toBe('lead');
  });

  test('unless the playbook names the country', async () => {
    const playbooks = new Playbooks(germanPlaybook(), 'T0ACME');
    await playbooks.load(work.db, someTime);
    work = { ...work, playbooks };
    expect(await second({ phone: '030 901820' }, { phone: '+4930901820' })).toBe('signal');
  });

  test('two mail addresses with one number are two people', async () => {
    const phone = '+4930901820';
    expect(
      await second({ ...ada, phone }, { name: 'Mary S.', email: 'mary@analytical.example', phone }),
    ).toBe('lead');
  });
});

describe('the same name at the same account is probably the same person', () => {
  test.each<[string, Partial<LeadDraft>, Partial<LeadDraft>]>([
    ['another address of the company', ada, { ...ada, email: 'a.lovelace@mail.analytical.example' }],
    ['the name the other way round', ada, { name: 'LOVELACE, Ada', email: 'al@analytical.example' }],
    [
      'private addresses, the company by its name',
      { name: 'Ada Lovelace', email: 'ada@gmail.com', account: 'Analytical Engines Ltd.' },
      { name: 'Ada Lovelace', email: 'ada.l@outlook.com', account: 'ANALYTICAL ENGINES' },
    ],
    [
      'only a number the second time',
      { name: 'Ada Lovelace', email: 'ada@gmail.com', account: 'Analytical Engines' },
      { name: 'Dr. Ada Lovelace', phone: '+4930901820', account: 'Analytical Engines GmbH' },
    ],
  ])('%s', async (_, first, then) => {
    expect(await second(first, then)).toBe('probable');
    expect(await leads()).toHaveLength(1);
  });

  test.each<[string, Partial<LeadDraft>, Partial<LeadDraft>]>([
    [
      'a private mail domain is no account',
      { name: 'Ada Lovelace', email: 'ada@gmail.com' },
      { name: 'Ada Lovelace', email: 'lovelace@gmail.com' },
    ],
    [
      'the same name elsewhere is somebody else',
      ada,
      { name: 'Ada Lovelace', email: 'ada@difference.example' },
    ],
    [
      'a first name is shared by many',
      { name: 'Ada', email: 'ada@analytical.example' },
      { name: 'Ada', email: 'ada2@analytical.example' },
    ],
    ['colleagues are different people', ada, { name: 'Mary Lovelace', email: 'mary@analytical.example' }],
  ])('but %s', async (_, first, then) => {
    expect(await second(first, then)).toBe('lead');
  });

  test('of a list nothing is kept for a manager: its row goes back', async () => {
    await arrive(ada);
    const before = await everything();
    const like = await arrive({ ...ada, email: 'al@analytical.example' }, { way: 'import', importId: 1 });
    expect(like.outcome).toBe('probable');
    expect(await everything()).toEqual(before);
  });
});

test('once a manager has said that an address is the same person, a list may say so too', async () => {
  await arrive(ada);
  const other = { ...ada, email: 'al@analytical.example' };
  await arrive(other);
  const saidSame = { decision: 'same', decided_by: 'U0MONA', decided_at: someTime } as const;
  await work.db.updateTable('probable_duplicate').set(saidSame).execute();
  expect((await arrive(other, { way: 'import', importId: 1 })).outcome).toBe('signal');
});

test('two teams share no leads', async () => {
  const other = await addTeam('C0OTHER');
  await arrive(ada);
  expect((await arrive(ada, { team: other })).outcome).toBe('lead');
  expect((await arrive({ ...ada, email: 'al@analytical.example' }, { team: other })).outcome).toBe(
    'probable',
  );
  expect((await leads()).map(({ sales_team_id: id, channel_id: channel }) => [id, channel])).toEqual([
    [team.id, 'C0LEADS'],
    [other.id, 'C0OTHER'],
  ]);
});

describe('what a signal changes', () => {
  test('a better one lifts the rank and brings its words along', async () => {
    await arrive({ ...ada, message: 'tips, please' });
    await arrive({ ...ada, source: 'Demo request', message: 'show me' });
    expect(await leads()).toMatchObject([
      { rank: 'A', rank_reason: 'asked for a demo', message: 'show me', source: 'Newsletter' },
    ]);
  });

  test('a worse one changes neither rank nor words', async () => {
    await arrive({ ...ada, source: 'Demo request', message: 'show me' });
    const [before] = await leads();
    await arrive({ ...ada, source: 'Purchased list', message: 'unsubscribe me' });
    expect(await leads()).toEqual([before]);
  });

  test('a list lifts no rank, whatever it says: it only fills in what was missing', async () => {
    await arrive(ada);
    await arrive({ ...ada, source: 'Demo request', phone: '+4930901820' }, { way: 'import', importId: 1 });
    expect(await leads()).toMatchObject([{ rank: 'C', source: 'Newsletter', phone: '+4930901820' }]);
  });

  test('what was missing is filled in, and what was known stays', async () => {
    await arrive({ email: ada.email, account: 'Analytical Engines' });
    await arrive({ ...ada, phone: '+4930901820', account: 'Elsewhere', title: 'Countess', message: 'hello' });
    expect(await leads()).toMatchObject([
      {
        name: 'Ada Lovelace',
        name_key: 'ada lovelace',
        phone: '+4930901820',
        account: 'Analytical Engines',
        title: 'Countess',
        message: 'hello',
      },
    ]);
  });

  test('each one is kept with where it came from', async () => {
    await arrive(ada);
    const origin = { channelId: 'C0SALES', ts: '1795000000.000100' };
    await arrive({ ...ada, source: 'Webinar', message: 'again' }, { way: 'hand', by: 'U0ALICE', origin });
    expect(await work.db.selectFrom('signal').selectAll().execute()).toMatchObject([
      {
        way: 'hand',
        source: 'Webinar',
        message: 'again',
        added_by: 'U0ALICE',
        origin_channel_id: 'C0SALES',
        origin_ts: '1795000000.000100',
        at: someTime,
      },
    ]);
  });
});

describe('personas', () => {
  test.each<[string, Partial<LeadDraft>, string | null, string | null]>([
    ['a founder', { title: 'Co-Founder & CEO' }, 'Founder', 'Decision maker'],
    ['a head of marketing', { title: 'Head of Marketing' }, 'Marketer', 'Decision maker'],
    ['an engineer', { title: 'Senior Software Engineer' }, 'Engineer', 'User'],
    ['a German managing director', { title: 'Geschäftsführerin' }, null, 'Decision maker'],
    ['an answer', { details: [{ label: 'Your part', value: 'I recommend' }] }, null, 'Adviser'],
    ['nobody we know', { title: 'Countess' }, null, null],
    ['half a word', { title: 'Headhunter, salesperson' }, null, null],
    ['nothing', {}, null, null],
  ])('%s', async (_, parts, marketing, sales) => {
    await arrive({ ...ada, ...parts });
    expect(await leads()).toMatchObject([{ marketing_persona: marketing, sales_persona: sales }]);
  });
});
