import { App, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';

/** The least that a Bolt app can do with a click: acknowledge it. What the product is compared with. */
const { PORT, SLACK_API_URL: slackApiUrl, SLACK_SIGNING_SECRET: signingSecret } = process.env;
const port = Number(PORT);
const customRoutes = [
  {
    path: '/readyz',
    method: 'GET',
    handler: (_request: unknown, response: { end(text: string): void }) => response.end('ok'),
  },
];

const receiver: Receiver = signingSecret
  ? new HTTPReceiver({ signingSecret, port, customRoutes })
  : new SocketModeReceiver({
      appToken: process.env['SLACK_APP_TOKEN'] ?? '',
      customRoutes,
      installerOptions: { port, clientOptions: { slackApiUrl } },
    });
// Not killed by the signal but ended, so that what was compiled is kept for the next start.
process.on('SIGTERM', () => process.exit());
const app = new App({
  receiver,
  authorize: () =>
    Promise.resolve({ botToken: process.env['SLACK_BOT_TOKEN'], botId: 'B0BOT', botUserId: 'U0BOT' }),
  clientOptions: { slackApiUrl },
});
app.action(/.*/, async ({ ack }) => ack());
await app.start(port);
