import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { startSandbox, type SandboxSeed } from './index.ts';

const app = {
  id: 'A0APP',
  botUserId: 'U0APP',
  botId: 'B0APP',
  botToken: 'xoxb-sandbox',
  appToken: 'xapp-sandbox',
  signingSecret: 'sandbox-signing-secret',
};

const command = z.object({ command: z.string().startsWith('/'), url: z.string().optional() });
const shortcut = z.object({ name: z.string(), type: z.enum(['global', 'message']), callback_id: z.string() });
const address = { request_url: z.string().optional() };
/** What the sandbox relies on in a manifest; the rest may be anything. */
const manifestShape = z.looseObject({
  display_information: z.looseObject({ name: z.string().max(35) }),
  features: z
    .looseObject({ slash_commands: z.array(command.loose()), shortcuts: z.array(shortcut.loose()) })
    .partial()
    .optional(),
  oauth_config: z
    .looseObject({ scopes: z.looseObject({ bot: z.array(z.string()).optional() }).optional() })
    .optional(),
  settings: z
    .looseObject({
      event_subscriptions: z.looseObject({ bot_events: z.array(z.string()).optional(), ...address }),
      interactivity: z.looseObject({ is_enabled: z.boolean(), ...address }),
      socket_mode_enabled: z.boolean(),
    })
    .partial()
    .optional(),
});

type Shape = z.infer<typeof manifestShape>;

/** Ends the process with one sentence. */
function giveUp(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function readManifest(path: string): Shape {
  try {
    return manifestShape.parse(parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
    const why = issue?.message ?? (error instanceof Error ? error.message.split('\n')[0] : String(error));
    return giveUp(
      `The manifest ${path} can't be used (${where}${why}). Name another file as the argument or in SANDBOX_MANIFEST.`,
    );
  }
}

function workspace(manifest: Shape, requestUrl: string | undefined): SandboxSeed {
  const tz = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { name } = manifest.display_information;
  const people = ['U0ANNA', 'U0BEN', 'U0CLEO'];
  return {
    team: { id: 'T0SANDBOX', name: 'Sandbox', domain: 'sandbox' },
    users: [
      {
        id: 'U0ANNA',
        name: 'anna',
        real_name: 'Anna Berg',
        tz,
        email: 'anna@sandbox.example',
        is_admin: true,
      },
      { id: 'U0BEN', name: 'ben', real_name: 'Ben Cole', tz, email: 'ben@sandbox.example' },
      { id: 'U0CLEO', name: 'cleo', real_name: 'Cleo Diaz', tz, email: 'cleo@sandbox.example' },
    ],
    channels: [
      { id: 'C0GENERAL', name: 'general', members: [...people, app.botUserId] },
      { id: 'C0RANDOM', name: 'random', members: people },
      { id: 'G0QUIET', name: 'quiet', members: people.slice(0, 2), is_private: true },
    ],
    apps: [{ ...app, name, manifest, requestUrl }],
  };
}

const named = process.argv[2] ?? process.env['SANDBOX_MANIFEST'];
const manifest = readManifest(named ?? fileURLToPath(new URL('default-manifest.yml', import.meta.url)));
const { event_subscriptions: events, interactivity, socket_mode_enabled: bySocket } = manifest.settings ?? {};
const written =
  events?.request_url ?? interactivity?.request_url ?? manifest.features?.slash_commands?.[0]?.url;
const requestUrl = process.env['SANDBOX_REQUEST_URL'] ?? (bySocket === true ? undefined : written);
const seed = workspace(manifest, requestUrl);
const port = Number(process.env['SANDBOX_PORT'] ?? '3001');
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  giveUp(`SANDBOX_PORT must be a number from 0 to 65535, not ${process.env['SANDBOX_PORT']}.`);
}
const sandbox = await startSandbox({ seed, port }).catch((error: unknown) =>
  giveUp(
    `The sandbox can't use port ${port} (${error instanceof Error ? error.message : String(error)}). Set SANDBOX_PORT to a free one.`,
  ),
);

process.stdout.write(`The sandbox is at ${sandbox.url}

Start your app with:
  SLACK_API_URL=${sandbox.apiUrl}
  SLACK_BOT_TOKEN=${app.botToken}
  ${requestUrl === undefined ? `SLACK_APP_TOKEN=${app.appToken}` : `SLACK_SIGNING_SECRET=${app.signingSecret}`}

${requestUrl === undefined ? 'It connects by Socket Mode' : `Events go to ${requestUrl}`}: new App({ …, clientOptions: { slackApiUrl: process.env.SLACK_API_URL } })
The manifest is ${named ?? 'a small built-in one: name yours as the argument or in SANDBOX_MANIFEST'}. Stop with Ctrl+C.
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void sandbox.stop().then(() => process.exit(0)));
}
