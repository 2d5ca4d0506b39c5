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
    expect(mails.at(-1)?.message).toBe('useful_thing');
  },
);

test('a lead without a mail address is called instead, and the card says why', () => {
  const step = playbook.ranks['A']?.cadence[1];
  if (!step) throw new Error('rank A has a second attempt');
  const next = nextStep(step, { rank: 'A', email: null, phone: '+493090182012' }, playbook);
  expect(next).toMatchObject({ channel: 'call', because: 'no mail address known' });
});
