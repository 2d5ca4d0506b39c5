import { WebAPIPlatformError } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import type { OutboxRow } from '../../src/db/schema.ts';
import { postDirect, postFile } from '../../src/outbox/enqueue.ts';
import type { OutgoingMessage } from '../../src/outbox/message.ts';
import type { Message } from '../../src/sandbox/index.ts';
import { type OutboxRig, people, startOutboxRig } from '../support/outbox-rig.ts';

const slot = 'import:1';
const complete = 'files.completeUploadExternal';

function say(text: string): OutgoingMessage {
  return { type: 'say', data: { text } };
}

/** A direct message with a file in its thread, both on their way. */
async function queueFile(rig: OutboxRig, content?: Buffer): Promise<void> {
  await postDirect(rig.work, say('done'), people.alice, undefined, slot);
  await queueRows(rig, content);
}

async function queueRows(rig: OutboxRig, content: Buffer = Buffer.from('Reason;Name\r\n')): Promise<void> {
  rig.looks.set('the rows', {
    text: 'Here they are',
    file: { name: 'rows.csv', content, missing: 'The file did not arrive' },
  });
  await postFile(rig.work, say('the rows'), { userId: people.alice, threadSlot: slot, dedupeKey: 'rows:1' });
}

async function fileRow(rig: OutboxRig): Promise<OutboxRow> {
  return rig.db.selectFrom('outbox').selectAll().where('kind', '=', 'file').executeTakeFirstOrThrow();
}

/** The messages in the person's direct channel that carry a file. */
function withFiles(rig: OutboxRig): Message[] {
  return rig.sandbox.directMessages(people.alice).filter((message) => message['files'] !== undefined);
}

test('a file arrives in the thread of its message, with its name, text and content', async () => {
  const rig = await startOutboxRig();
  await queueFile(rig, Buffer.from('\ufeffReason;Name\r\n“x”;Ädä\r\n'));
  await rig.advance(5);
  const [root] = rig.sandbox.directMessages(people.alice);
  const [message] = withFiles(rig);
  expect(message).toMatchObject({ text: 'Here they are', thread_ts: root?.ts });
  const [file] = message?.['files'] as { name: string; permalink: string }[];
  expect(file?.name).toBe('rows.csv');
  expect(Buffer.from(await (await fetch(file?.permalink ?? '')).arrayBuffer()).toString()).toBe(
    '\ufeffReason;Name\r\n“x”;Ädä\r\n',
  );
  expect((await fileRow(rig)).state).toBe('sent');
});

test('the same file queued twice is sent once', async () => {
  const rig = await startOutboxRig();
  await queueFile(rig);
  await postFile(rig.work, say('the rows'), { userId: people.alice, threadSlot: slot, dedupeKey: 'rows:1' });
  await rig.advance(10);
  expect(withFiles(rig)).toHaveLength(1);
});

test('a file that nobody wants any more is not sent', async () => {
  const rig = await startOutboxRig();
  rig.unwanted.add('the rows');
  await queueFile(rig);
  await rig.advance(10);
  expect(withFiles(rig)).toEqual([]);
  expect((await fileRow(rig)).state).toBe('cancelled');
});

test('when the message with the thread was deleted, the file comes without it', async () => {
  const rig = await startOutboxRig();
  await postDirect(rig.work, say('done'), people.alice, undefined, slot);
  await rig.advance(5);
  const [root] = rig.sandbox.directMessages(people.alice);
  const direct = await rig.db.selectFrom('direct_channel').selectAll().executeTakeFirstOrThrow();
  await rig.slack.chat.delete({ channel: direct.channel_id, ts: root?.ts ?? '' });
  await rig.update('changed', slot);
  await rig.advance(5);
  await queueRows(rig);
  await rig.advance(5);
  const [message] = withFiles(rig);
  expect(message?.text).toBe('Here they are');
  expect(message?.thread_ts).toBeUndefined();
});

test('a file that Slack refuses for good: its reader hears of it in the thread where it belongs', async () => {
  const rig = await startOutboxRig();
  rig.sandbox.faults([{ do: 'invalid_blocks', match: { method: complete } }]);
  await queueFile(rig);
  await rig.advance(60);
  expect((await fileRow(rig)).state).toBe('dead');
  const [root, ...thread] = rig.sandbox.directMessages(people.alice);
  expect(thread).toMatchObject([{ text: 'The file did not arrive', thread_ts: root?.ts }]);
});

test('an app that was not installed anew may not upload: its reader hears of it, nobody waits for ever', async () => {
  const rig = await startOutboxRig();
  rig.slack.files.getUploadURLExternal = () =>
    Promise.reject(new WebAPIPlatformError({ ok: false, error: 'missing_scope' }));
  await queueFile(rig);
  await rig.advance(60);
  expect(rig.sandbox.directMessages(people.alice).at(-1)?.text).toBe('The file did not arrive');
});

describe('when the answer is lost', () => {
  test.each(['drop', 'apply_then_timeout', 'internal_error'] as const)(
    '%s of the call before the last: nobody has seen anything, so it is tried until it works',
    async (kind) => {
      const rig = await startOutboxRig();
      rig.sandbox.faults([{ do: kind, match: { method: 'files.getUploadURLExternal' }, times: 3 }]);
      await queueFile(rig);
      await rig.advance(60);
      expect(withFiles(rig)).toHaveLength(1);
      expect((await fileRow(rig)).tries).toBe(4);
    },
  );

  test('the last call failed once without effect: the second try brings the file', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([{ do: 'internal_error', match: { method: complete }, times: 1 }]);
    await queueFile(rig);
    await rig.advance(60);
    expect(withFiles(rig)).toHaveLength(1);
    expect((await fileRow(rig)).state).toBe('sent');
  });

  test('the last call is tried at most twice, and then somebody is told', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([{ do: 'apply_then_503', match: { method: complete } }]);
    await queueFile(rig);
    await rig.advance(3600);
    expect(rig.calls(complete)).toHaveLength(2);
    expect(withFiles(rig)).toHaveLength(2);
    expect((await fileRow(rig)).state).toBe('dead');
    expect(rig.dead.map(({ row }) => row.kind)).toEqual(['file']);
  });

  test('Slack asks to wait: it is sent when that time is over', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([{ do: 'ratelimit', ms: 30_000, match: { method: complete }, times: 1 }]);
    await queueFile(rig);
    await rig.advance(20);
    expect(withFiles(rig)).toEqual([]);
    await rig.advance(30);
    expect(withFiles(rig)).toHaveLength(1);
  });
});
