import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox, type SandboxSeed } from '../../src/sandbox/index.ts';
import { addListeners, madeManifest } from './made-app.ts';
import { freePort, socketApp, until } from './support.ts';

function seedFor(requestUrl?: string): SandboxSeed {
  const user = { id: 'U0ANNA', name: 'anna', real_name: 'Anna Berg', tz: 'Europe/Berlin' };
  const tokens = { botToken: 'xoxb-touch', appToken: 'xapp-touch', signingSecret: 'shh' };
  const ids = { id: 'A0NOTES', name: 'Notes', botUserId: 'U0NOTES', botId: 'B0NOTES' };
  return {
    team: { id: 'T0001', name: 'Acme', domain: 'acme' },
    users: [user],
    channels: [{ id: 'C0TALK', name: 'talk', members: ['U0ANNA', 'U0NOTES'] }],
    apps: [{ ...ids, ...tokens, manifest: madeManifest, requestUrl }],
  };
}

let sandbox: Sandbox;
let app: App;

afterEach(async () => {
  await app.stop();
  await sandbox.stop();
});

async function bySocket(): Promise<void> {
  sandbox = await startSandbox({ seed: seedFor() });
  app = socketApp(sandbox);
  addListeners(app);
  await app.start();
}

async function byHttp(): Promise<void> {
  const port = await freePort();
  sandbox = await startSandbox({ seed: seedFor(`http://localhost:${port}/slack/events`) });
  const receiver = new HTTPReceiver({ signingSecret: 'shh', logLevel: LogLevel.ERROR });
  const clientOptions = { slackApiUrl: sandbox.apiUrl };
  app = new App({ token: 'xoxb-touch', receiver, clientOptions, logLevel: LogLevel.ERROR });
  addListeners(app);
  await app.start(port);
}

describe.each([
  ['Socket Mode', bySocket],
  ['HTTP', byHttp],
])('a Bolt app that knows nothing of the sandbox, by %s', (_way, start) => {
  test('echoes, hears its button, answers a command, keeps notes and shows a Home', async () => {
    await start();
    const user = 'U0ANNA';
    sandbox.postMessage({ channel: 'talk', user, text: 'echo one' });
    await until(() => sandbox.messages('talk').length === 2);
    const [, echo] = sandbox.messages('talk');
    expect(echo).toMatchObject({ text: 'You said: echo one', bot_id: 'B0NOTES' });

    const click = { channel: 'talk', messageTs: echo?.ts ?? '', user, action: { action_id: 'again' } };
    expect(await sandbox.interact(click)).toMatchObject({ ok: true });
    await until(() => sandbox.messages('talk')[1]?.text === 'Again, by <@U0ANNA>');

    await sandbox.command({ channel: 'talk', user, command: '/echo', text: 'two' });
    expect(sandbox.messages('talk').at(-1)).toMatchObject({ text: 'two', ephemeral_to: user });

    await sandbox.shortcut({ user, callbackId: 'take_note' });
    await until(() => sandbox.view(user) !== undefined);
    expect(await sandbox.submit({ user, values: { text: 'no' } })).toMatchObject({
      errors: { text: 'Too short' },
    });
    expect(await sandbox.submit({ user, values: { text: 'Milk' } })).toMatchObject({ ok: true });
    await until(() => sandbox.directMessages(user).length === 1);
    expect(sandbox.directMessages(user)).toMatchObject([{ text: 'Noted: Milk' }]);

    sandbox.openHome({ user });
    await until(() => sandbox.home(user) !== undefined);
    expect(sandbox.home(user)?.blocks[0]).toMatchObject({ text: { text: 'Hello <@U0ANNA>' } });
  });
});
