import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const socket = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef' };

function complaints(env: Record<string, string | undefined>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('what is left out has a default', () => {
  test('Socket Mode', () => {
    expect(readConfig(socket)).toEqual({
      botToken: 'xoxb-1',
      transport: { kind: 'socket', appToken: 'xapp-1' },
      slackApiUrl: undefined,
      databasePath: 'data/sixth-touch.db',
      playbookPath: 'data/playbook.yml',
      port: 3000,
      logLevel: 'info',
      publicUrl: undefined,
      secretsKey: undefined,
    });
  });

  test('a signing secret means HTTP, with or without an app token', () => {
    const transport = { kind: 'http', signingSecret: http.SLACK_SIGNING_SECRET };
    expect(readConfig(http).transport).toEqual(transport);
    expect(readConfig({ ...http, ...socket }).transport).toEqual(transport);
  });

  test('an empty setting is one that is left out, and spaces around one do not count', () => {
    const empty = { SLACK_SIGNING_SECRET: '', PORT: ' ', LOG_LEVEL: '', DATABASE_PATH: '' };
    expect(readConfig({ ...socket, ...empty })).toEqual(readConfig(socket));
    expect(readConfig({ ...socket, SLACK_BOT_TOKEN: ' xoxb-1\n' })).toEqual(readConfig(socket));
  });
});

test('every setting is read', () => {
  const env = {
    ...socket,
    SLACK_API_URL: 'http://localhost:4000/api',
    DATABASE_PATH: '/var/lib/leads.db',
    PLAYBOOK_PATH: '/etc/playbook.yml',
    PORT: '0',
    LOG_LEVEL: 'warn',
    PUBLIC_URL: 'https://leads.example.com/',
    SECRETS_KEY: '00'.repeat(32),
  };
  expect(readConfig(env)).toMatchObject({
    slackApiUrl: 'http://localhost:4000/api/',
    databasePath: '/var/lib/leads.db',
    playbookPath: '/etc/playbook.yml',
    port: 0,
    logLevel: 'warn',
    publicUrl: 'https://leads.example.com',
    secretsKey: Buffer.alloc(32),
  });
});

test.each([
  ['base64', 'base64'],
  ['base64 for URLs', 'base64url'],
  ['hex', 'hex'],
] as const)('a secrets key may be written in %s', (_what, encoding) => {
  const key = Buffer.from('fb'.repeat(32), 'hex');
  const env = { ...socket, SECRETS_KEY: key.toString(encoding) };
  expect(readConfig(env).secretsKey).toEqual(key);
});

describe('a setting that is missing or wrong gets one sentence that names it', () => {
  test.each<[string, Record<string, string | undefined>, RegExp]>([
    ['no bot token', { ...socket, SLACK_BOT_TOKEN: undefined }, /^SLACK_BOT_TOKEN is missing: .*xoxb-/],
    ['an empty bot token', { ...socket, SLACK_BOT_TOKEN: ' ' }, /^SLACK_BOT_TOKEN is missing: /],
    [
      "a person's token",
      { ...socket, SLACK_BOT_TOKEN: 'xoxp-1' },
      /^SLACK_BOT_TOKEN is wrong: .*OAuth & Permissions/,
    ],
    [
      'no app token',
      { ...socket, SLACK_APP_TOKEN: undefined },
      /^SLACK_APP_TOKEN is missing: .*connections:write.*SLACK_SIGNING_SECRET/,
    ],
    ['the bot token again', { ...socket, SLACK_APP_TOKEN: 'xoxb-1' }, /^SLACK_APP_TOKEN is wrong: .*xapp-/],
    [
      'a signing secret with other letters',
      { ...http, SLACK_SIGNING_SECRET: 'not-a-secret-not-a-secret-not-a-' },
      /^SLACK_SIGNING_SECRET is wrong: .*Basic Information/,
    ],
    [
      'a signing secret cut short',
      { ...http, SLACK_SIGNING_SECRET: '0123' },
      /^SLACK_SIGNING_SECRET is wrong: /,
    ],
    [
      'a Slack address that is none',
      { ...socket, SLACK_API_URL: 'slack' },
      /^SLACK_API_URL is wrong: .*https:/,
    ],
    ['a port with letters', { ...socket, PORT: 'http' }, /^PORT is wrong: .*0 to 65535/],
    ['a port too high', { ...socket, PORT: '65536' }, /^PORT is wrong: /],
    ['a port below zero', { ...socket, PORT: '-1' }, /^PORT is wrong: /],
    ['a public address that is none', { ...socket, PUBLIC_URL: 'leads' }, /^PUBLIC_URL is wrong: .*https:/],
    [
      'a public address with a query',
      { ...socket, PUBLIC_URL: 'https://a.example/?b' },
      /^PUBLIC_URL is wrong: /,
    ],
    [
      'a public address of another kind',
      { ...socket, PUBLIC_URL: 'ftp://a.example' },
      /^PUBLIC_URL is wrong: /,
    ],
    [
      'a secrets key cut short',
      { ...socket, SECRETS_KEY: 'ab'.repeat(31) },
      /^SECRETS_KEY is wrong: .*openssl rand/,
    ],
    [
      'a secrets key of words',
      { ...socket, SECRETS_KEY: 'correct horse battery staple' },
      /^SECRETS_KEY is wrong: /,
    ],
    ['an unknown log level', { ...socket, LOG_LEVEL: 'loud' }, /^LOG_LEVEL is wrong: .*debug, info/],
  ])('%s', (_what, env, sentence) => {
    const found = complaints(env);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(sentence);
  });

  test('all of them together, each on a line of its own', () => {
    const found = complaints({ PORT: 'x', LOG_LEVEL: 'x', SLACK_API_URL: 'x' });
    const named = found.map((sentence) => sentence.split(' ')[0]);
    expect(named).toEqual(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_API_URL', 'PORT', 'LOG_LEVEL']);
  });

  test('no secret is repeated in a complaint', () => {
    const found = complaints({ ...http, SLACK_BOT_TOKEN: 'xoxp-secret-1', SLACK_SIGNING_SECRET: 'secret-2' });
    expect(found).toHaveLength(2);
    expect(found.join()).not.toMatch(/secret-[12]/);
  });
});
