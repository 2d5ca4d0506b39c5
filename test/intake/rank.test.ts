import { describe, expect, test } from 'vitest';
import { type Origin, rankOf } from '../../src/intake/rank.ts';
import type { Playbook } from '../../src/playbook/schema.ts';
import { standardPlaybook } from '../support/rows.ts';

/** Where a lead came from, as a post without anything but these parts says it. */
function from(parts: Partial<Origin>): Origin {
  return {
    source: 'Unknown source',
    form: null,
    page: null,
    campaign: null,
    message: null,
    way: 'post',
    ...parts,
  };
}

const nothing = standardPlaybook.otherwise.reason;

test.each([
  ['HubSpot: Demo request', 'A', 'asked for a demo'],
  ['Live demos', 'A', 'asked for a demo'],
  ['https://www.ours.example/request-demo', 'A', 'asked for a demo'],
  ['DemoRequest', 'A', 'asked for a demo'],
  ['utm_demo_2026', 'A', 'asked for a demo'],
  ['Newsletter: book a demo', 'A', 'asked for a demo'],
  ['Mailchimp: Demographics survey', 'C', 'opened or answered a mailing'],
  ['Demographics survey', 'C', nothing],
  ['Democracy summit talk', 'C', nothing],
  ['Kontaktformular', 'A', 'asked for a call or an offer'],
  ['HubSpot: Contact us', 'A', 'asked for a call or an offer'],
  ['HubSpot: Contact list import', 'D', 'comes from a list'],
  ['Request a quote', 'A', 'asked for a call or an offer'],
  ['wants a call back', 'A', 'asked for a call or an offer'],
  ['Email enquiry', 'A', 'asked for a call or an offer'],
  ['Website inquiries', 'A', 'asked for a call or an offer'],
  ['special offers newsletter', 'C', 'opened or answered a mailing'],
  ['Coffered ceilings catalogue', 'C', nothing],
  ['Free TRIAL', 'A', 'started a trial'],
  ['Industrial report download', 'C', 'downloaded something'],
  ['Industrial robots', 'C', nothing],
  ['App signup', 'A', 'signed up'],
  ['Newsletter signup', 'C', 'opened or answered a mailing'],
  ['Webinar sign-up', 'B', 'came to a webinar'],
  ['https://www.ours.example/pricing', 'B', 'looked at our prices'],
  ['Price list', 'B', 'looked at our prices'],
  ['Enterprise page', 'C', nothing],
  ['Webinar in May', 'B', 'came to a webinar'],
  ['Prevention guide', 'C', 'downloaded something'],
  ['Prevention blog', 'C', nothing],
  ['Spring events', 'B', 'came to an event'],
  ['Case studies', 'B', 'read a page that buyers read'],
  ['October newsletter', 'C', 'opened or answered a mailing'],
  ['Google Ads: Spring campaign', 'C', 'answered a campaign'],
  ['info e-mail', 'C', 'came in by mail'],
  ['Gmailify', 'C', nothing],
  ['Whitepaper', 'C', 'downloaded something'],
  ['Judeguide', 'C', nothing],
  ['HubSpot: Email list', 'D', 'comes from a list'],
  ['purchased contacts', 'D', 'comes from a list'],
  ['Badge scan', 'D', 'comes from a list'],
  ['Checklist', 'C', 'downloaded something'],
  ['Waiting list', 'B', 'is on our waiting list'],
  ['Important customers', 'C', nothing],
  ['Specialist referral', 'C', nothing],
  ['???', 'C', nothing],
])('"%s" has rank %s: %s', (source, rank, reason) => {
  expect(rankOf(from({ source }), standardPlaybook)).toEqual({ rank, reason });
});

describe('where the source says nothing', () => {
  test.each([
    ['please call me back', 'A', 'asked for a call or an offer'],
    ['We would like a demo. Our list has 500 names.', 'A', 'asked for a demo'],
    ['Can we import from a list?', 'C', nothing],
    ['Thanks for the newsletter', 'C', nothing],
    ['Hello', 'C', nothing],
  ])('the message "%s" gives rank %s: %s', (message, rank, reason) => {
    expect(rankOf(from({ message }), standardPlaybook)).toEqual({ rank, reason });
  });

  test('a source that says something is not outdone by the message', () => {
    expect(rankOf(from({ source: 'Purchased list', message: 'demo please' }), standardPlaybook)).toEqual({
      rank: 'D',
      reason: 'comes from a list',
    });
  });
});

describe('rules that look at more than the source', () => {
  const any = { source: [], form: [], page: [], campaign: [], way: [] };
  const playbook: Pick<Playbook, 'rankRules' | 'otherwise'> = {
    rankRules: [
      { ...any, rank: 'A', reason: 'chose a plan on our prices page', form: ['plan'], page: ['pricing'] },
      { ...any, rank: 'B', reason: 'came with the autumn campaign', campaign: ['autumn'] },
      { ...any, rank: 'D', reason: 'was imported', way: ['import'] },
      { ...any, rank: 'B', reason: 'was met by one of us', way: ['hand'] },
    ],
    otherwise: { rank: 'C', reason: 'nothing known' },
  };

  test.each<[Partial<Origin>, string, string]>([
    [{ form: 'Choose a plan', page: '/pricing' }, 'A', 'chose a plan on our prices page'],
    [{ form: 'Choose a plan', page: '/blog' }, 'C', 'nothing known'],
    [{ page: '/pricing' }, 'C', 'nothing known'],
    [{ source: 'plan pricing' }, 'C', 'nothing known'],
    [{ campaign: 'Autumn-2026' }, 'B', 'came with the autumn campaign'],
    [{ campaign: 'Autumn', way: 'import' }, 'B', 'came with the autumn campaign'],
    [{ way: 'import' }, 'D', 'was imported'],
    [{ way: 'hand' }, 'B', 'was met by one of us'],
    [{ way: 'webhook' }, 'C', 'nothing known'],
    [{ message: 'the autumn plan' }, 'C', 'nothing known'],
  ])('%o has rank %s: %s', (origin, rank, reason) => {
    expect(rankOf(from(origin), playbook)).toEqual({ rank, reason });
  });
});

test('words with signs in them are taken literally', () => {
  const rules = {
    rankRules: [{ rank: 'A', reason: 'r', source: ['c++ (pro)'], form: [], page: [], campaign: [], way: [] }],
    otherwise: { rank: 'B', reason: 'o' },
  };
  const ranks = ['the C++ (Pro) page', 'ccc pro'].map((source) => rankOf(from({ source }), rules).rank);
  expect(ranks).toEqual(['A', 'B']);
});
