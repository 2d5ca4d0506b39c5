import { App, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Sandbox, SandboxApp } from '../sandbox/index.ts';
import { boltLogger } from '../slack/bolt-logger.ts';
import { count, line } from '../slack/kit.ts';
import { postFromHubSpot, type SampleLead } from './samples.ts';
import { channels } from './workspace.ts';

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

const forwardHelp = '`/demo forward 4h` (also `2d`, `1w`; four weeks at most) to let time pass.';
const usage = `Type \`/demo lead\` for another lead, or ${forwardHelp}`;
const units = {
  h: { ms: 3_600_000, noun: 'hour' },
  d: { ms: 86_400_000, noun: 'day' },
  w: { ms: 604_800_000, noun: 'week' },
} as const;

/** A span of time as it is typed, in milliseconds and in words; undefined if it is none of at most four weeks. */
function readSpan(text: string): { ms: number; words: string } | undefined {
  const match = /^(\d{1,3})([hdw])$/.exec(text);
  if (!match) return undefined;
  const { ms, noun } = units[match[2] as keyof typeof units];
  const amount = Number(match[1]);
  const span = amount * ms;
  return span > 0 && span <= 4 * units.w.ms ? { ms: span, words: count(amount, noun) } : undefined;
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
    const [word = '', given = ''] = command.text.trim().split(/\s+/);
    if (word === 'lead') {
      const lead = leads[posted % leads.length];
      posted += 1;
      if (!lead) return ack('There are no sample leads.');
      postFromHubSpot(sandbox, lead);
      const name = line(`${lead.firstName} ${lead.lastName}`);
      return ack(`HubSpot has posted ${name} (${line(lead.company)}) in <#${channels.leads}>.`);
    }
    if (word !== 'forward' || given === '') return ack(usage);
    const span = readSpan(given);
    if (!span) return ack(`I don't understand “${line(given, 40)}”. Type ${forwardHelp}`);
    await ack(`Time moves on by ${span.words}. Watch the clock in the corner.`);
    await sandbox.clock.forward(span.ms);
  });
  await app.start();
  return app;
}
