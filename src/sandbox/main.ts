import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { startSandbox, type SandboxSeed } from './index.ts';
import { manifestShape, type Manifest } from './manifest.ts';

const ids = { id: 'A0APP', botUserId: 'U0APP', botId: 'B0APP' };
const secrets = {
  botToken: 'xoxb-sandbox',
  appToken: 'xapp-sandbox',
  signingSecret: 'sandbox-signing-secret',
};

/** Ends the process with one sentence. */
function giveUp(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function readManifest(path: string): Manifest {
  try {
    return manifestShape.parse(parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const where = issue?.path.length ? `${issue.path.join('.')}: ` : '';
    const why = issue?.message ?? (error as Error).message.split('\n')[0];
    const advice = 'Name another file as the argument or in SANDBOX_MANIFEST.';
    return giveUp(`The manifest ${path} can't be used (${where}${why}). ${advice}`);
  }
}

function workspace(manifest: Manifest, requestUrl: string | undefined): SandboxSeed {
  const tz = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const people = ['Anna Berg', 'Ben Cole', 'Cleo Diaz'].map((real_name) => {
    const name = real_name.split(' ')[0]?.toLowerCase() ?? '';
    const [id, email] = [`U0${name.toUpperCase()}`, `${name}@sandbox.example`];
    return { id, name, real_name, tz, email, is_admin: name === 'anna' };
  });
  const everyone = people.map(({ id }) => id);
  return {
    team: { id: 'T0SANDBOX', name: 'Sandbox', domain: 'sandbox' },
    users: people,
    channels: [
      { id: 'C0GENERAL', name: 'general', members: [...everyone, ids.botUserId] },
      { id: 'C0RANDOM', name: 'random', members: everyone },
      { id: 'G0QUIET', name: 'quiet', members: everyone.slice(0, 2), is_private: true },
    ],
    apps: [{ ...ids, ...secrets, name: manifest.display_information.name, manifest, requestUrl }],
  };
}

const named = process.argv[2] ?? process.env['SANDBOX_MANIFEST'];
const manifest = readManifest(named ?? fileURLToPath(new URL('default-manifest.yml', import.meta.url)));
const { event_subscriptions: events, interactivity, socket_mode_enabled: bySocket } = manifest.settings ?? {};
const commandUrl = manifest.features?.slash_commands?.[0]?.url;
const written = events?.request_url ?? interactivity?.request_url ?? commandUrl;
const requestUrl = process.env['SANDBOX_REQUEST_URL'] ?? (bySocket === true ? undefined : written);
const asked = process.env['SANDBOX_PORT'] ?? '3001';
const port = Number(asked);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  giveUp(`SANDBOX_PORT must be a number from 0 to 65535, not ${asked}.`);
}
const sandbox = await startSandbox({ seed: workspace(manifest, requestUrl), port }).catch((error: Error) =>
  giveUp(`The sandbox can't use port ${port} (${error.message}). Set SANDBOX_PORT to a free one.`),
);

const byHttp = requestUrl !== undefined;
process.stdout.write(`The sandbox is at ${sandbox.url}

Start your app with:
  SLACK_API_URL=${sandbox.apiUrl}
  SLACK_BOT_TOKEN=${secrets.botToken}
  ${byHttp ? `SLACK_SIGNING_SECRET=${secrets.signingSecret}` : `SLACK_APP_TOKEN=${secrets.appToken}`}

${byHttp ? `Events go to ${requestUrl}` : 'It connects by Socket Mode'}: new App({ …, clientOptions: { slackApiUrl: process.env.SLACK_API_URL } })
The manifest is ${named ?? 'a small built-in one: name yours as the argument or in SANDBOX_MANIFEST'}. Stop with Ctrl+C.
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void sandbox.stop().then(() => process.exit(0)));
}
