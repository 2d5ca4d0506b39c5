import { describe, expect, it, test } from 'vitest';
import { readPost } from '../../src/posts/read-post.ts';
import { appSamples } from './samples/apps.ts';
import { blockSamples } from './samples/blocks.ts';
import { builderSamples } from './samples/builders.ts';
import { habitSamples } from './samples/habits.ts';
import { hubspotSamples } from './samples/hubspot.ts';
import { languageSamples } from './samples/languages.ts';
import { moreLanguageSamples } from './samples/more-languages.ts';
import { moreNotLeads } from './samples/more-not-leads.ts';
import { nearMisses, notLeads } from './samples/not-leads.ts';
import { peopleSamples } from './samples/people.ts';
import { proseSamples } from './samples/prose.ts';
import { toolSamples } from './samples/tools.ts';
import { typedSamples } from './samples/typed.ts';

const leads = [
  ...hubspotSamples,
  ...appSamples,
  ...blockSamples,
  ...toolSamples,
  ...builderSamples,
  ...habitSamples,
  ...typedSamples,
  ...languageSamples,
  ...moreLanguageSamples,
  ...proseSamples,
  ...peopleSamples,
  ...nearMisses,
];

describe('a post of an app or a colleague becomes exactly this lead', () => {
  it.each(leads)('$name', ({ post, region, draft }) => {
    expect(readPost(post, { region })).toEqual(draft);
  });
});

describe('a post that is no lead stays a post', () => {
  it.each([...notLeads, ...moreNotLeads])('$name', ({ post, region }) => {
    expect(readPost(post, { region })).toBeNull();
  });
});

describe('all samples together', () => {
  test('are enough to mean something', () => {
    expect(leads.length).toBeGreaterThanOrEqual(90);
    expect(notLeads.length + moreNotLeads.length).toBeGreaterThanOrEqual(40);
    const names = [...leads, ...notLeads, ...moreNotLeads].map((sample) => sample.name);
    expect(names).toEqual([...new Set(names)]);
  });

  test('every mail address and every name is read right', () => {
    const wrong = leads.filter(({ post, region, draft }) => {
      const read = readPost(post, { region });
      return read?.email !== draft?.email || read?.name !== draft?.name;
    });
    expect(wrong.map((sample) => sample.name)).toEqual([]);
  });

  test('the order of the fields in a form changes nothing', () => {
    const forms = toolSamples.flatMap(({ post, region, draft }) => {
      const [attachment] = (post.attachments ?? []) as { fields?: unknown[] }[];
      return attachment?.fields ? [{ post, region, draft, attachment, fields: attachment.fields }] : [];
    });
    expect(forms.length).toBeGreaterThanOrEqual(2);
    for (const { post, region, draft, attachment, fields } of forms) {
      const turned = { ...post, attachments: [{ ...attachment, fields: [...fields].reverse() }] };
      const details = [...(draft?.details ?? [])].reverse();
      expect(readPost(turned, { region })).toEqual({ ...draft, details });
    }
  });
});
