import { expect, test } from 'vitest';
import { channels, people, startWorld, textOf } from '../support/world.ts';
import { hostileTexts } from '../support/hostile.ts';

const calls = /<(!channel|!here|!everyone|!subteam|https:\/\/evil)/;

test('whatever a lead says of itself, its card, its nudge and its form reach Slack, and nobody is called', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  const post = (fields: Record<string, string>): void => {
    const text = Object.entries(fields)
      .map(([label, value]) => `*${label}*: ${value}`)
      .join('\n');
    world.sandbox.botMessage({
      channel: channels.leads,
      username: 'HubSpot',
      attachments: [{ fallback: text, text }],
    });
  };
  for (const [index, [, text]] of hostileTexts.entries()) {
    const Email = `lead${index}@x${index}.example`;
    post({ 'First Name': text, 'Last Name': text, Email, Company: text, Form: text, Message: text });
    post({ Email, Form: text });
    await world.settle();
  }
  const leads = await world.leads();
  expect(leads).toHaveLength(hostileTexts.length);
  const reps = ['alice', 'bob', 'carol'] as const;
  for (const lead of leads) {
    const owner = reps.find((rep) => people[rep] === lead.owner_id) ?? 'alice';
    await world.click(owner, world.card(lead), 'touch:email');
    await world.flag(owner, lead, 'too_small');
    expect(await world.close(owner, lead, 'disqualified', 'no')).toMatchObject({ ok: true });
  }
  await world.command('mona', '/standup');
  await world.skipTo(world.now + 7 * 86_400_000);
  const bad = await world.db
    .selectFrom('outbox')
    .select(['id', 'state', 'last_error'])
    .where('state', 'not in', ['sent', 'cancelled'])
    .execute();
  expect(bad).toEqual([]);
  const own = [...world.sandbox.messages(channels.leads), ...world.posts('marketing')].filter(
    (message) => message['username'] !== 'HubSpot',
  );
  expect(own.map(textOf).filter((said) => calls.test(said))).toEqual([]);
});
