import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import {
  SandboxClock,
  startSandbox,
  type Manifest,
  type Sandbox,
  type SandboxSeed,
} from '../../src/sandbox/index.ts';

/** Monday, 2 November 2026, 9:00 in Berlin. */
export const monday = Date.UTC(2026, 10, 2, 8);

const manifest: Manifest = {
  display_information: { name: 'Touch' },
  features: {
    bot_user: { display_name: 'touch' },
    app_home: { home_tab_enabled: true },
    slash_commands: [{ command: '/lead', description: 'Leads', usage_hint: 'add', should_escape: true }],
    shortcuts: [
      { name: 'Make a lead', type: 'message', callback_id: 'make_lead', description: 'From a message' },
      { name: 'New lead', type: 'global', callback_id: 'new_lead', description: 'From anywhere' },
    ],
  },
  oauth_config: {
    scopes: {
      bot: [
        'chat:write',
        'channels:history',
        'channels:read',
        'im:history',
        'im:write',
        'users:read',
        'files:write',
        'files:read',
        'users.profile:read',
        'dnd:read',
      ],
    },
  },
  settings: {
    event_subscriptions: {
      bot_events: [
        'message.channels',
        'message.im',
        'member_joined_channel',
        'app_home_opened',
        'app_mention',
        'user_change',
      ],
    },
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
  },
};

export function seed(requestUrl?: string): SandboxSeed {
  return {
    team: { id: 'T0001', name: 'Acme', domain: 'acme' },
    users: [
      { id: 'U0ANNA', name: 'anna', real_name: 'Anna Berg', tz: 'Europe/Berlin', email: 'anna@acme.test' },
      { id: 'U0BEN', name: 'ben', real_name: 'Ben Cole', tz: 'America/New_York' },
    ],
    channels: [
      { id: 'C0LEADS', name: 'leads', members: ['U0ANNA', 'U0BEN', 'U0TOUCH'] },
      { id: 'C0OTHER', name: 'other', members: ['U0ANNA'] },
      { id: 'G0SECRET', name: 'secret', members: ['U0BEN'], is_private: true },
    ],
    apps: [
      {
        id: 'A0TOUCH',
        name: 'Touch',
        botUserId: 'U0TOUCH',
        botId: 'B0TOUCH',
        botToken: 'xoxb-touch',
        appToken: 'xapp-touch',
        signingSecret: 'shh',
        manifest,
        ...(requestUrl === undefined ? {} : { requestUrl }),
      },
    ],
  };
}

/** A sandbox whose clock moves only when told. */
export async function frozenSandbox(requestUrl?: string): Promise<Sandbox> {
  return await startSandbox({ seed: seed(requestUrl), clock: new SandboxClock({ frozenAt: monday }) });
}

/** An unmodified client that neither retries nor waits, so that every answer can be looked at. */
export function clientOf(sandbox: Sandbox, token = 'xoxb-touch', options: WebClientOptions = {}): WebClient {
  return new WebClient(token, {
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    ...options,
  });
}

/**
 * An unmodified Bolt app connected by Socket Mode.
 * @param clientPingTimeout how soon a lost connection is taken up again, in ms; on a busy machine a short one also
 *   takes a slow connection for a lost one
 */
export function socketApp(sandbox: Sandbox, clientPingTimeout = 5000): App {
  const clientOptions = { slackApiUrl: sandbox.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: 'xapp-touch',
    installerOptions: { clientOptions },
    clientPingTimeout,
    logLevel: LogLevel.ERROR,
  });
  return new App({ token: 'xoxb-touch', receiver, clientOptions, logLevel: LogLevel.ERROR });
}

/** The error code and details with which a call was refused. */
export async function refusal(call: Promise<unknown>): Promise<{ error: string; [key: string]: unknown }> {
  try {
    await call;
  } catch (error) {
    const data = (error as { data?: { error: string } }).data;
    return data ?? { error: error instanceof Error ? error.message : String(error) };
  }
  throw new Error('the call was not refused');
}

/** Resolves when the condition holds, looking again as the network turns. */
export async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; !condition(); turn += 1) {
    if (turn > 2000) throw new Error('it never happened');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

export function section(text: string): { type: 'section'; text: { type: 'mrkdwn'; text: string } } {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
