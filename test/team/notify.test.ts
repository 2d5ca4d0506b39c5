import { beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import type { OutboxRow } from '../../src/db/schema.ts';
import { post, updateSlot } from '../../src/outbox/enqueue.ts';
import { saveSlot } from '../../src/outbox/store.ts';
import { Playbooks } from '../../src/playbook/playbooks.ts';
import { note } from '../../src/slack/note.ts';
import { notifyDeadMessage } from '../../src/team/notify.ts';
import { saveTeam } from '../../src/team/store.ts';
import { settingsOf } from '../../src/team/team.ts';
import type { Work } from '../../src/work.ts';
import { someTeam, someTime } from '../support/rows.ts';

const hello = note.of({ text: 'Hello' });
let work: Work;

beforeEach(async () => {
  const workspace = { teamId: 'T0ACME', botUserId: 'U0SIXTH', url: 'https://acme-sales.slack.com/' };
  const db = openDatabase(':memory:');
  const playbooks = new Playbooks('data/playbook.yml', workspace.teamId);
  await playbooks.load(db, someTime);
  work = { db, now: someTime, playbooks, workspace };
  await saveTeam(work, 'C0LEADS', settingsOf(someTeam({ managers: ['U0MONA'] })), someTime);
  const other = someTeam({ managers: ['U0MIA'], marketingChannelId: 'C0OTHERMARKETING' });
  await saveTeam(work, 'C0OTHER', settingsOf(other), someTime);
});

/** The message that waits in the outbox, as if Slack had just refused it. */
async function refused(): Promise<OutboxRow> {
  return work.db.selectFrom('outbox').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
}

/** Who is told what, privately. */
async function told(): Promise<string[]> {
  const rows = await work.db.selectFrom('outbox').selectAll().where('user_id', 'is not', null).execute();
  return rows.map(
    (row) =>
      `${row.user_id}: ${(JSON.parse(row.message) as typeof hello & { data: { text: string } }).data.text}`,
  );
}

test('the managers of the channel’s team are told, not those of others', async () => {
  await post(work, hello, { channelId: 'C0LEADS' });
  await notifyDeadMessage(work, await refused(), 'not_in_channel');
  expect(await told()).toEqual([
    'U0MONA: :warning: I could not post in <#C0LEADS>. Type `/invite @Sixth Touch` there.',
  ]);
});

test('the marketing channel’s trouble is told to the managers of the teams that report there', async () => {
  await post(work, hello, { channelId: 'C0OTHERMARKETING' });
  await notifyDeadMessage(work, await refused(), 'is_archived');
  expect((await told()).map((text) => text.slice(0, 6))).toEqual(['U0MIA:']);
});

test('a channel that belongs to no team bothers nobody', async () => {
  await post(work, hello, { channelId: 'C0GREETED' });
  await notifyDeadMessage(work, await refused(), 'not_in_channel');
  expect(await told()).toEqual([]);
});

test('a card that can’t be brought up to date is told once, however many there are', async () => {
  for (const slot of ['card:1', 'card:2']) {
    await saveSlot(work.db, 'T0ACME', slot, { channelId: 'C0LEADS', ts: '1.0' });
    await updateSlot(work, hello, slot);
    const row = await work.db
      .selectFrom('outbox')
      .selectAll()
      .where('slot', '=', slot)
      .executeTakeFirstOrThrow();
    await notifyDeadMessage(work, row, 'cant_update_message');
  }
  expect(await told()).toEqual([
    expect.stringContaining(
      'I could not bring a message up to date in <#C0LEADS>. Slack says `cant_update_message`',
    ),
  ]);
});

test('a card that somebody deleted is no trouble', async () => {
  await saveSlot(work.db, 'T0ACME', 'card:1', { channelId: 'C0LEADS', ts: '1.0' });
  await updateSlot(work, hello, 'card:1');
  await notifyDeadMessage(work, await refused(), 'message_not_found');
  expect(await told()).toEqual([]);
});
