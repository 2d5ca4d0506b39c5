import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePlaybook } from '../../src/playbook/parse.ts';
import { nextStep } from '../../src/template/next-step.ts';

const playbook = parsePlaybook(readFileSync('data/playbook.yml', 'utf8'), 'data/playbook.yml');

test.each(['A', 'B'])(
  'rank %s without a phone number: no attempt falls back to a mail from before',
  (rank) => {
    const cadence = playbook.ranks[rank]?.cadence ?? [];
    const mails = cadence.map((step) =>
      nextStep(step, { rank, email: 'a@b.example', phone: null }, playbook),
    );
    expect(mails.every((step) => step.channel !== 'call')).toBe(true);
    const firstMail = mails.findIndex((step) => step.message === 'first_mail');
    expect(mails.slice(firstMail + 2).map((step) => step.message)).not.toContain('first_mail');
    expect(mails.at(-1)?.message).toBe('short_question');
  },
);

test('a lead without a mail address is called instead, and the card says why', () => {
  const step = playbook.ranks['A']?.cadence[1];
  if (!step) throw new Error('rank A has a second attempt');
  const next = nextStep(step, { rank: 'A', email: null, phone: '+493090182012' }, playbook);
  expect(next).toMatchObject({ channel: 'call', because: 'no mail address known' });
});

const reachable = { rank: 'B', email: 'a@b.example', phone: '+493090182012' };

test('a message for an earlier attempt is never suggested, rather none', () => {
  const cadence = playbook.ranks['B']?.cadence ?? [];
  const last = cadence.at(-1);
  if (!last) throw new Error('rank B has a cadence');
  expect(nextStep(last, reachable, playbook, new Set([last.message]))).toMatchObject({
    channel: 'call',
    message: undefined,
    usedBefore: last.message,
  });
});

test('where no other mail is left, one of other ranks is never for an earlier attempt either', () => {
  const { short_question: _, ...messages } = playbook.messages;
  const cadence = playbook.ranks['A']?.cadence ?? [];
  const last = cadence.at(-1);
  if (!last) throw new Error('rank A has a cadence');
  const lead = { rank: 'A', email: 'a@b.example', phone: null };
  expect(nextStep(last, lead, { ...playbook, messages }).message).toBeUndefined();
});

test('after an answer only the channel is suggested', () => {
  for (const step of playbook.ranks['B']?.cadence ?? [])
    expect(nextStep(step, reachable, playbook, new Set(), true)).toEqual({
      channel: step.channel,
      message: undefined,
    });
});
