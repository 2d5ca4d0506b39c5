import { describe, expect, it } from 'vitest';
import { readPost } from '../../src/intake/read-post.ts';
import { appSamples } from './samples/apps.ts';
import { blockSamples } from './samples/blocks.ts';
import { hubspotSamples } from './samples/hubspot.ts';
import { languageSamples } from './samples/languages.ts';
import { nearMisses, notLeads } from './samples/not-leads.ts';
import { peopleSamples } from './samples/people.ts';
import { proseSamples } from './samples/prose.ts';

const leads = [
  ...hubspotSamples,
  ...appSamples,
  ...blockSamples,
  ...languageSamples,
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
  it.each(notLeads)('$name', ({ post, region }) => {
    expect(readPost(post, { region })).toBeNull();
  });
});
