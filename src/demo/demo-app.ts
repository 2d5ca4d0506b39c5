import { App, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Sandbox, SandboxApp } from '../sandbox/index.ts';
import { boltLogger } from '../slack/bolt-logger.ts';
import { postFromHubSpot, type SampleLead } from './samples.ts';

/** A second app in the sandbox, so that the product itself knows no demo command. */
export const demoAppSeed: SandboxApp = {
  id: 'A0DEMO',
  name: 'Demo',
  botUserId: 'U0DEMO',
  botId: 'B0DEMO',
  botToken: 'xoxb-demo-sandbox',
  appToken: 'xapp-demo-sandbox',
  signingSecret: 'd3a0d3a0d3a0d3a0d3a0d3a0d3a0d3a0',
  manifest: {
    display_information: { name: 'Demo' },
    features: {
      bot_user: { display_name: 'Demo' },
      slash_commands: [
        {
          command: '/demo',
          description: 'Post a lead, or let time pass',
          usage_hint: 'lead | forward 4h | forward 2d | forward 1w',
        },
      ],
    },
    oauth_config: { scopes: { bot: ['commands'] } },
    settings: { socket_mode_enabled: true, interactivity: { is_enabled: false } },
  },
};

const usage = 'Type `/demo lead` for another lead, or `/demo forward 4h` (also `2d`, `1w`) to let time pass.';
const spans = { h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** @returns milliseconds, or undefined if this is no span of at most four weeks */
export function parseSpan(text: string): number | undefined {
  const match = /^(\d{1,3})([hdw])$/.exec(text);
  if (!match) return undefined;
  const ms = Number(match[1]) * spans[match[2] as keyof typeof spans];
  return ms > 0 && ms <= 4 * spans.w ? ms : undefined;
}

/** Starts the app behind `/demo`. @param leads posted one after the other, from the top again at the end */
export async function startDemoApp(
  sandbox: Sandbox,
  leads: readonly SampleLead[],
  log: Logger,
): Promise<App> {
  let posted = 0;
  const clientOptions = { slackApiUrl: sandbox.apiUrl };
  const logger = boltLogger(log);
  const receiver = new SocketModeReceiver({
    appToken: demoAppSeed.appToken ?? '',
    installerOptions: { clientOptions: { ...clientOptions } },
    logger,
  });
  const app = new App({ token: demoAppSeed.botToken, receiver, clientOptions, logger });
  app.command('/demo', async ({ command, ack }) => {
    const [word = '', span = ''] = command.text.trim().split(/\s+/);
    if (word === 'lead') {
      const lead = leads[posted % leads.length];
      posted += 1;
      if (lead) postFromHubSpot(sandbox, lead);
      return ack('HubSpot has posted another lead in <#C0LEADS|leads-inbound>.');
    }
    const ms = word === 'forward' ? parseSpan(span) : undefined;
    if (ms === undefined) return ack(usage);
    await ack(`Time moves on by ${span}. Watch the clock in the corner.`);
    await sandbox.clock.forward(ms);
  });
  await app.start();
  return app;
}
