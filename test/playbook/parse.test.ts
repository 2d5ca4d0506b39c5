import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePlaybook, PlaybookError } from '../../src/playbook/parse.ts';

const good = readFileSync('data/playbook.yml', 'utf8');

/** The playbook with one place changed; the place must be there exactly once. */
function broken(from: string, to: string): string {
  expect(good.split(from), `"${from}" must be in the playbook once`).toHaveLength(2);
  return good.replace(from, to);
}

function mistakes(yaml: string): string[] {
  try {
    parsePlaybook(yaml, 'playbook.yml');
  } catch (error) {
    if (error instanceof PlaybookError) return error.message.split('\n');
    throw error;
  }
  return [];
}

function lineOf(yaml: string, text: string): number {
  return yaml.slice(0, yaml.indexOf(text)).split('\n').length;
}

test('the playbook that comes with the app is right, and means what it says', () => {
  const playbook = parsePlaybook(good, 'playbook.yml');
  expect(playbook.attemptGap).toBe(240);
  expect(playbook.nudgeAttempts).toEqual([3, 4, 6]);
  expect(playbook.replyWithin).toEqual({ unit: 'days', amount: 1 });
  expect(playbook.working.days).toEqual([1, 2, 3, 4, 5]);
  expect(playbook.digest).toEqual({ weekday: 1, time: '09:00' });
  expect(playbook.ranks['A']?.cadence).toHaveLength(6);
  expect(playbook.ranks['A']?.cadence[0]).toEqual({
    after: { unit: 'minutes', amount: 60 },
    channel: 'call',
    message: 'first_call',
  });
});

test('a first attempt may follow at once, and a later one after just the gap', () => {
  expect(mistakes(broken('attemptGap: 4h', 'attemptGap: 8h'))).toEqual([]);
});

test('no message of the playbook that comes with the app quotes a source to a customer', () => {
  for (const { text } of Object.values(parsePlaybook(good, 'playbook.yml').messages)) {
    expect(text).not.toContain('{source}');
  }
});

describe('a mistake is told with file, line and field', () => {
  test.each<[what: string, from: string, to: string, at: string, says: string]>([
    [
      'an unknown key at the top',
      'attemptGap: 4h',
      'attemptGap: 4h\ncolour: red',
      'colour: red',
      'the playbook has colour, which no playbook knows; check the spelling',
    ],
    [
      'a misspelt key inside',
      'weekday: mon',
      'weekdy: mon',
      '',
      'digest has weekdy, which no playbook knows; check the spelling',
    ],
    ['a key that is missing', 'replyWithin: 1d', '', '', 'replyWithin is missing'],
    [
      'a second attempt so soon that its touch would count for the first',
      '- { after: 5d, window: afternoon, channel: call, message: last_call }',
      '- { after: 2h, window: afternoon, channel: call, message: last_call }',
      '{ after: 2h',
      'ranks.B.cadence.5.after must not be shorter than attemptGap: the touch would still belong to the attempt before',
    ],
    [
      'a ladder whose steps are in another order',
      'unclaimed: { remind: 30m, assign: 1h, tellManager: 2h }',
      'unclaimed: { remind: 2h, assign: 1h, tellManager: 3h }',
      'unclaimed: { remind: 2h',
      'ranks.A.ladder.unclaimed.assign must be later than remind',
    ],
    [
      'a gap longer than a working day, with an attempt a day later',
      'attemptGap: 4h',
      'attemptGap: 9h',
      '- { after: 1d, channel: email, message: first_mail }',
      'ranks.A.cadence.1.after must not be shorter than attemptGap: the touch would still belong to the attempt before',
    ],
    [
      'a text instead of a list',
      'nudgeAttempts: [3, 4, 6]',
      'nudgeAttempts: often',
      'nudgeAttempts: often',
      'nudgeAttempts must be a list',
    ],
    [
      'a text instead of a number',
      '[3, 4, 6]',
      '[3, four, 6]',
      'nudgeAttempts:',
      'nudgeAttempts.1 must be a number',
    ],
    [
      'half an attempt',
      '[3, 4, 6]',
      '[3, 4.5, 6]',
      'nudgeAttempts:',
      'nudgeAttempts.1 must be a whole number',
    ],
    [
      'a nudge for the first attempt',
      '[3, 4, 6]',
      '[1, 4, 6]',
      'nudgeAttempts:',
      'nudgeAttempts.0 must be 2 or more',
    ],
    [
      'a list instead of a text',
      'name: Default playbook',
      'name: [Default]',
      'name: [',
      'name must be a string',
    ],
    ['an empty name', 'name: Default playbook', "name: ''", "name: ''", 'name must not be empty'],
    [
      'a span without a unit',
      'attemptGap: 4h',
      'attemptGap: 4',
      'attemptGap: 4',
      'attemptGap must be a string',
    ],
    [
      'a span with an unknown unit',
      'replyWithin: 1d',
      'replyWithin: 1w',
      'replyWithin: 1w',
      'replyWithin must be a number and m, h or d, for instance 30m, 4h or 2d (working time)',
    ],
    [
      'a gap in days',
      'attemptGap: 4h',
      'attemptGap: 1d',
      'attemptGap: 1d',
      'attemptGap must be in minutes or hours, for instance 4h',
    ],
    [
      'a time that is none',
      "time: '09:00'",
      "time: '9 am'",
      "time: '9 am'",
      "digest.time must be a time such as '09:00', in quotes",
    ],
    [
      'a time of another planet',
      "end: '17:00'",
      "end: '25:00'",
      "end: '25:00'",
      "working.end must be a time such as '09:00', in quotes",
    ],
    [
      'a day that ends before it starts',
      "end: '17:00'",
      "end: '08:00'",
      "end: '08:00'",
      'working.end must be later than start',
    ],
    [
      'a weekday that is none',
      'weekday: mon',
      'weekday: moonday',
      'weekday: moonday',
      'digest.weekday must be one of mon, tue, wed, thu, fri, sat, sun',
    ],
    [
      'no working day',
      'days: [mon, tue, wed, thu, fri]',
      'days: []',
      'days: []',
      'working.days needs at least one day',
    ],
    [
      'a holiday that is no date',
      "'2026-12-25'",
      "'2026-13-25'",
      "'2026-13-25'",
      'working.holidays.0 must be a date such as 2026-12-25',
    ],
    [
      'an unknown channel',
      '{ after: 6d, window: afternoon, channel: call,',
      '{ after: 6d, window: afternoon, channel: fax,',
      'channel: fax',
      'ranks.D.cadence.3.channel must be call, email, linkedin or text',
    ],
    [
      'an unknown message',
      'message: cold_mail }',
      'message: warm_mail }',
      'warm_mail',
      'ranks.D.cadence.0.message names the message warm_mail, which is not under messages',
    ],
    [
      'an unknown rank in a rule',
      '{ rank: A, reason: started a trial',
      '{ rank: E, reason: started a trial',
      'rank: E',
      'rankRules.10.rank names rank E; there are A, B, C, D',
    ],
    [
      'an unknown rank otherwise',
      'otherwise: { rank: C',
      'otherwise: { rank: F',
      'otherwise:',
      'otherwise.rank names rank F; there are A, B, C, D',
    ],
    ['a rank in small letters', '  D:\n', '  d:\n', 'label: From a list', 'ranks.d must be a capital letter'],
    [
      'a rule without words',
      'source: [demo]',
      'source: []',
      'source: []',
      'rankRules.8 needs source, form, page, campaign or way with at least one word to look for',
    ],
    [
      'a reason id used twice',
      'id: too_small',
      'id: no_budget',
      'id: no_budget\n    label: No budget',
      'reasons.6.id no_budget stands here twice',
    ],
    [
      'a reason id with spaces',
      'id: too_small',
      'id: too small',
      'id: too small',
      'reasons.5.id must be lower case letters, digits and _',
    ],
    [
      'an unknown kind of reason',
      'id: spam, label: Spam or test, kind: factual',
      'id: spam, label: Spam or test, kind: rumour',
      'kind: rumour',
      'reasons.3.kind must be factual, judgement or data',
    ],
    [
      'an unknown placeholder',
      '{rep} here. What is on',
      '{boss} here. What is on',
      '{boss}',
      'messages.first_call.text may only use the placeholders {name}, {account}, {source}, {asked}, {rep}',
    ],
    [
      'a window that is none',
      '{ after: 4d, window: morning, channel: call, message: first_call }',
      '{ after: 4d, window: noonish, channel: call, message: first_call }',
      'window: noonish',
      "ranks.D.cadence.1.window must be morning, afternoon, or times such as '08:30-10:00'",
    ],
    [
      'a window that ends before it begins',
      '{ after: 4d, window: morning, channel: call, message: first_call }',
      "{ after: 4d, window: '11:00-10:00', channel: call, message: first_call }",
      '11:00-10:00',
      'ranks.D.cadence.1.window must end after it begins',
    ],
    [
      'an answer that is not there',
      'label: Spam or test, kind: factual, answer: spam',
      'label: Spam or test, kind: factual, answer: rubbish',
      'answer: rubbish',
      'reasons.3.answer names the answer rubbish, which is not under answers',
    ],
    [
      'an obstacle that is not there',
      'obstacle: [deal_size]',
      'obstacle: [weather]',
      'obstacle: [weather]',
      'messages.first_mail.variants.2.obstacle names the obstacle weather, which is not under obstacles',
    ],
    [
      'a variant without a condition',
      'obstacle: [market_maturity]\n        text',
      "subject: 'Hi'\n        text",
      "subject: 'Hi'\n        text",
      'messages.second_call.variants.0 needs persona or obstacle',
    ],
    [
      'a message without a text',
      "text: 'Hi {name}, I tried to reach you",
      "txt: 'Hi {name}, I tried to reach you",
      '',
      'messages.connect.text is missing',
    ],
  ])('%s', (_what, from, to, at, says) => {
    const yaml = broken(from, to);
    const found = mistakes(yaml);
    const line = found.find((mistake) => mistake.endsWith(`: ${says}`));
    expect(line, found.join('\n')).toBeDefined();
    if (at !== '') expect(line).toBe(`playbook.yml, line ${lineOf(yaml, at)}: ${says}`);
    else expect(line).toMatch(/^playbook\.yml, line \d+: /);
  });

  test('several mistakes are told together, each on a line of its own', () => {
    const yaml = broken('attemptGap: 4h', 'attemptGap: soon').replace('weekday: mon', 'weekday: never');
    expect(mistakes(yaml)).toHaveLength(2);
  });
});

describe('YAML that can not be read is told with its line', () => {
  test.each([
    ['a tab as indentation', "digest:\n  weekday: mon\n\ttime: '09:00'\n", 3],
    ['a quote that is not closed', "name: Default\nattemptGap: '4h\nreplyWithin: 1d\n", 2],
    ['a bracket that is not closed', 'name: Default\nnudgeAttempts: [3, 4\nreplyWithin: 1d\n', 2],
    ['a key twice', 'name: One\nattemptGap: 4h\nname: Two\n', 3],
    ['a colon too many', 'name: Default\notherwise: rank: C\n', 2],
  ])('%s', (_what, yaml, line) => {
    const found = mistakes(yaml);
    const told = Number(/^playbook\.yml, line (\d+): /.exec(found[0] ?? '')?.[1]);
    // Some are only noticed where the next line begins.
    expect([line, line + 1, line + 2]).toContain(told);
    for (const mistake of found) expect(mistake).toMatch(/^playbook\.yml, line \d+: \S/);
  });

  test.each([
    ['an empty file', ''],
    ['only a comment', '# later\n'],
    ['a list', '- one\n- two\n'],
    ['a sentence', 'Call them all.\n'],
  ])('%s is no playbook', (_what, yaml) => {
    expect(mistakes(yaml)).toEqual(['playbook.yml, line 1: the playbook must be a group of fields']);
  });
});
