import type { App } from '@slack/bolt';
import type { Manifest } from '../../src/sandbox/index.ts';

/** An app that only exists to show that any Bolt app runs here: it echoes, counts clicks, takes notes. */
export const madeManifest: Manifest = {
  display_information: { name: 'Notes' },
  features: {
    app_home: { home_tab_enabled: true },
    slash_commands: [{ command: '/echo', description: 'Say it again' }],
    shortcuts: [{ name: 'Take a note', type: 'global', callback_id: 'take_note', description: 'Write' }],
  },
  oauth_config: { scopes: { bot: ['chat:write', 'channels:history', 'im:write', 'commands'] } },
  settings: {
    event_subscriptions: { bot_events: ['message.channels', 'app_home_opened'] },
    interactivity: { is_enabled: true },
  },
};

export function addListeners(app: App): void {
  app.message('echo', async ({ message, say }) => {
    const text = 'text' in message ? (message.text ?? '') : '';
    const elements = [
      { type: 'button' as const, action_id: 'again', text: { type: 'plain_text' as const, text: 'Again' } },
    ];
    await say({ text: `You said: ${text}`, blocks: [{ type: 'actions', elements }] });
  });
  app.action('again', async ({ ack, respond, body }) => {
    await ack();
    await respond({ replace_original: true, text: `Again, by <@${body.user.id}>` });
  });
  app.command('/echo', async ({ ack, command }) => await ack({ text: command.text }));
  app.shortcut('take_note', async ({ ack, client, body }) => {
    await ack();
    await client.views.open({
      trigger_id: body.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'note',
        title: { type: 'plain_text', text: 'A note' },
        submit: { type: 'plain_text', text: 'Keep' },
        blocks: [
          {
            type: 'input',
            block_id: 'text',
            label: { type: 'plain_text', text: 'Text' },
            element: { type: 'plain_text_input', action_id: 'value' },
          },
        ],
      },
    });
  });
  app.view('note', async ({ ack, view, client, body }) => {
    const note = view.state.values['text']?.['value']?.value ?? '';
    if (note.length < 3) return await ack({ response_action: 'errors', errors: { text: 'Too short' } });
    await ack();
    await client.chat.postMessage({ channel: body.user.id, text: `Noted: ${note}` });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    const text = { type: 'mrkdwn' as const, text: `Hello <@${event.user}>` };
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'section', text }] },
    });
  });
}
