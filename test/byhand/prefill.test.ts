import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prefillFrom } from '../../src/byhand/prefill.ts';
import type { LeadDraft } from '../../src/intake/draft.ts';
import type { SlackPost } from '../../src/posts/post-text.ts';

function typed(text: string): SlackPost {
  return { user: 'U0MAX', ts: '1795000000.000100', text };
}

describe('a message fills the form with what it says', () => {
  test.each<[string, Partial<LeadDraft>]>([
    [
      'New lead: Ada Lovelace, ada@analytical.example, Analytical Engines, webinar',
      { name: 'Ada Lovelace', email: 'ada@analytical.example', source: 'webinar', message: null },
    ],
    ['mail ada@analytical.example back, please', { name: null, email: 'ada@analytical.example' }],
    [
      'spoke to Grace Hopper <mailto:grace@flow.example|grace@flow.example> from Flow-Matic yesterday',
      { name: 'Grace Hopper', email: 'grace@flow.example' },
    ],
    ['call +49 30 901820 back', { email: null, phone: '+4930901820', message: 'call +49 30 901820 back' }],
    ['Joan Clarke\nBletchley Parts', { name: 'Joan Clarke', email: null, phone: null }],
    ['what a day', { name: null, email: null, phone: null, message: 'what a day' }],
    ['*Great* &amp; <https://x.example|good>', { message: 'Great & good (https://x.example)' }],
    ['', { name: null, email: null, phone: null, message: null }],
  ])('%s', (text, found) => {
    expect(prefillFrom(typed(text))).toMatchObject(found);
  });

  test('an app’s notice that no lead is read from is only text for the form', () => {
    const post = {
      bot_id: 'B1',
      ts: '1',
      username: 'GitHub',
      text: 'ada@ours.example opened a pull request',
    };
    expect(prefillFrom(post)).toMatchObject({ email: 'ada@ours.example', message: post.text });
  });

  test('a labelled field of an app keeps its label', () => {
    const fields = [{ title: 'Contact', value: 'ask the porter' }];
    const post = { bot_id: 'B1', ts: '1', attachments: [{ fields }] };
    expect(prefillFrom(post)).toMatchObject({ message: 'Contact: ask the porter' });
  });

  test('whatever the message is', () => {
    const part = fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue());
    const posts = fc.record(
      { text: part, blocks: part, attachments: part, user: part, bot_id: part },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(posts, (post) => {
        expect(prefillFrom({ ...post, ts: '1' } as SlackPost)).toHaveProperty('email');
      }),
      { numRuns: 300 },
    );
  });
});
