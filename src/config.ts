import { z } from 'zod';

const optionalText = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional();

const environment = z
  .object({
    SLACK_BOT_TOKEN: optionalText,
    SLACK_APP_TOKEN: optionalText,
    SLACK_SIGNING_SECRET: optionalText,
    SLACK_API_URL: optionalText,
    DATABASE_PATH: optionalText,
    PLAYBOOK_PATH: optionalText,
    PORT: optionalText,
    PUBLIC_URL: optionalText,
    SECRETS_KEY: optionalText,
    LOG_LEVEL: optionalText,
  })
  .superRefine((env, context) => {
    const complain = (message: string): void => context.addIssue({ code: 'custom', message });
    const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = env;
    if (!bot?.startsWith('xoxb-')) {
      complain(
        `SLACK_BOT_TOKEN ${bot === undefined ? 'is missing' : 'is wrong'}: it must begin with xoxb-. You find it at api.slack.com/apps, your app, "OAuth & Permissions", after "Install to Workspace".`,
      );
    }
    if (secret === undefined && !app?.startsWith('xapp-')) {
      complain(
        `SLACK_APP_TOKEN ${app === undefined ? 'is missing' : 'is wrong'}: it must begin with xapp-. You make it at api.slack.com/apps, your app, "Basic Information", "App-Level Tokens", with the scope connections:write. (Or set SLACK_SIGNING_SECRET to receive events over HTTP instead.)`,
      );
    }
    if (secret !== undefined && !/^[0-9a-f]{16,64}$/.test(secret)) {
      complain(
        'SLACK_SIGNING_SECRET is wrong: it must be 32 characters, 0-9 and a-f. You find it at api.slack.com/apps, your app, "Basic Information", "Signing Secret".',
      );
    }
    if (env.SLACK_API_URL !== undefined && !URL.canParse(env.SLACK_API_URL)) {
      complain(
        'SLACK_API_URL is wrong: it must be a URL such as https://slack.com/api/. Leave it out for Slack itself.',
      );
    }
    if (env.PORT !== undefined && !(/^\d{1,5}$/.test(env.PORT) && Number(env.PORT) < 65_536)) {
      complain('PORT is wrong: it must be a number from 0 to 65535, for instance 3000.');
    }
    if (env.PUBLIC_URL !== undefined && !isWebAddress(env.PUBLIC_URL)) {
      complain(
        'PUBLIC_URL is wrong: it must be the address under which the internet reaches this app, for instance https://leads.example.com.',
      );
    }
    if (env.SECRETS_KEY !== undefined && keyOf(env.SECRETS_KEY) === undefined) {
      complain(
        'SECRETS_KEY is wrong: it must be 32 bytes in base64 or hex. Make one with: openssl rand -base64 32',
      );
    }
    if (env.LOG_LEVEL !== undefined && !levels.includes(env.LOG_LEVEL)) {
      complain(`LOG_LEVEL is wrong: it must be one of ${levels.join(', ')}.`);
    }
  });

function isWebAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '';
}

/** 32 bytes from base64 (also its URL form) or hex; undefined for anything else. */
function keyOf(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (!/^[\w+/-]+={0,2}$/.test(text)) return undefined;
  const key = Buffer.from(text, 'base64');
  return key.length === 32 ? key : undefined;
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

export interface Config {
  botToken: string;
  /** Socket Mode, or signed HTTP when the signing secret is set. */
  transport: { kind: 'socket'; appToken: string } | { kind: 'http'; signingSecret: string };
  /** With the closing slash; undefined means Slack's own. */
  slackApiUrl: string | undefined;
  databasePath: string;
  playbookPath: string;
  /** Health, metrics, leads by webhook and, in HTTP mode, Slack's events. */
  port: number;
  /** How the internet reaches that port, without the closing slash. */
  publicUrl: string | undefined;
  /** What the secrets of webhooks are encrypted with: 32 bytes. */
  secretsKey: Buffer | undefined;
  logLevel: string;
}

/** A setting that is missing or wrong; the message has one sentence for each, ready to be shown. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the environment; nothing else in the app does. @throws ConfigError */
export function readConfig(env: Record<string, string | undefined>): Config {
  const result = environment.safeParse(env);
  if (!result.success) throw new ConfigError(result.error.issues.map((issue) => issue.message).join('\n'));
  const { data } = result;
  return {
    botToken: data.SLACK_BOT_TOKEN ?? '',
    transport:
      data.SLACK_SIGNING_SECRET === undefined
        ? { kind: 'socket', appToken: data.SLACK_APP_TOKEN ?? '' }
        : { kind: 'http', signingSecret: data.SLACK_SIGNING_SECRET },
    slackApiUrl: data.SLACK_API_URL?.replace(/\/?$/, '/'),
    databasePath: data.DATABASE_PATH ?? 'data/sixth-touch.db',
    playbookPath: data.PLAYBOOK_PATH ?? 'data/playbook.yml',
    port: Number(data.PORT ?? '3000'),
    publicUrl: data.PUBLIC_URL?.replace(/\/+$/, ''),
    secretsKey: data.SECRETS_KEY === undefined ? undefined : keyOf(data.SECRETS_KEY),
    logLevel: data.LOG_LEVEL ?? 'info',
  };
}
