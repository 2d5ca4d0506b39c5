import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addForm } from '../../src/byhand/blocks.ts';
import { formMemory, readForm, remembered } from '../../src/byhand/form.ts';
import { draftOf } from '../../src/intake/draft.ts';
import { someTeam } from '../support/rows.ts';

const nothing = remembered({});

function submitted(values: Record<string, string | null>): Parameters<typeof readForm>[0] {
  return { userId: 'U0ALICE', metadata: '', values };
}

describe('what was typed becomes a draft', () => {
  test('tidied, and with what the form remembered of the message', () => {
    const details = [{ label: 'Team size', value: '12' }];
    const read = remembered({ form: 'Demo', campaign: 'Autumn', details });
    const { draft, errors } = readForm(
      submitted({
        name: ' Ada Lovelace ',
        email: 'Ada <Mailto:ADA@Analytical.example>',
        phone: '+49 (30) 90 18 20',
        account: '',
        title: null,
        message: 'line one\nline two',
      }),
      { read },
    );
    expect(errors).toEqual({});
    expect(draft).toEqual(
      draftOf({
        name: 'Ada Lovelace',
        email: 'ada@analytical.example',
        phone: '+4930901820',
        source: 'Added by hand',
        message: 'line one\nline two',
        form: 'Demo',
        campaign: 'Autumn',
        details,
      }),
    );
  });

  test('of a message, that is where it comes from unless somebody says better', () => {
    const memory = { read: nothing, origin: { channelId: 'C1', ts: '1' } };
    const email = 'ada@analytical.example';
    expect(readForm(submitted({ email }), memory).draft.source).toBe('Message in Slack');
    expect(readForm(submitted({ email, source: 'Fair' }), memory).draft.source).toBe('Fair');
  });

  test('a number without a country is taken as it is written', () => {
    expect(readForm(submitted({ phone: '030 901820' }), { read: nothing }).draft.phone).toBe('030 901820');
  });
});

describe('Slack’s limits', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 4000 }),
    fc.constantFrom('"'.repeat(4000), '👩‍💻'.repeat(900), 'é\n'.repeat(2000)),
  );

  const origin = fc.oneof(fc.string({ maxLength: 200 }), fc.constant('"'.repeat(200)));

  test('whatever a message says, its form is one that Slack takes', () => {
    const found = fc.record({ name: text, email: text, phone: text, source: text, message: text });
    const kept = fc.record({
      form: origin,
      page: origin,
      campaign: origin,
      details: fc.array(fc.record({ label: text, value: text }), { maxLength: 20 }),
    });
    fc.assert(
      fc.property(found, kept, (draft, read) => {
        const memory = {
          key: 'hand:C0SALES:1795000000.000100',
          channelId: 'C0SALES',
          read: remembered(read),
        };
        const view = addForm({ memory, teams: [someTeam()], found: draft, userId: 'U0ALICE' });
        expect(view.private_metadata?.length).toBeLessThanOrEqual(3000);
        expect(formMemory.parse(JSON.parse(view.private_metadata ?? ''))).toEqual(memory);
        for (const block of view.blocks) {
          const element = 'element' in block ? block.element : undefined;
          if (element?.type !== 'plain_text_input' || element.initial_value === undefined) continue;
          expect(element.initial_value.length).toBeLessThanOrEqual(element.max_length ?? 0);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('who may keep the lead', () => {
  const memory = { key: 'hand:1', read: nothing };
  const asks = (userId: string, teams = [someTeam()]): boolean =>
    addForm({ memory, teams, found: {}, userId }).blocks.some(({ block_id: id }) => id === 'owner');

  test('reps and managers of a team that claims', () => {
    expect([asks('U0ALICE'), asks('U0MONA'), asks('U0MAX')]).toEqual([true, true, false]);
    expect(asks('U0ALICE', [someTeam({ mode: 'round_robin' })])).toBe(false);
  });
});
