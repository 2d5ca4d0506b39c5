import type { AckFn, App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Logger } from 'pino';
import { postEphemeral, replaceEphemeral, replyToCommand } from '../outbox/enqueue.ts';
import { Refusal } from '../errors.ts';
import type { Work } from '../work.ts';
import type { Guard } from './guard.ts';
import type { Click, ClickReply, Listener } from './listener.ts';
import { plain, section } from './kit.ts';
import { note } from './note.ts';
import { parseClick, parseSubmission } from './payload.ts';

/** What Bolt hands to the errors of listeners: we let them reach the receiver, which then does not acknowledge. */
export function letErrorsReachTheReceiver(app: App): void {
  app.error((error) => Promise.reject(error));
}

/**
 * Connects the listeners to Bolt: parse, run in a transaction, acknowledge, then open what has to open.
 * @param invited called when the app itself has come (back) into a channel
 */
export function registerListeners(
  app: App,
  listeners: readonly Listener[],
  guard: Guard,
  log: Logger,
  invited: () => void,
): void {
  const actions = new Map(
    listeners.flatMap((entry) => (entry.on === 'action' ? [[entry.name, entry] as const] : [])),
  );
  const submits = new Map(
    listeners.flatMap((entry) => (entry.on === 'submit' ? [[entry.name, entry] as const] : [])),
  );

  app.action(/.*/, async ({ body, ack, client }) => {
    const click = parseClick(body);
    const listener = actions.get(click.actionId.split(':')[0] ?? '');
    const outcome = await guard.run(click.actionId, async (work) => {
      if (!listener) throw new Refusal(unknownAction);
      const reply = await listener.handle(work, click);
      if (reply) await queueReply(work, click, reply);
      return reply?.open;
    });
    if (!outcome.ok) {
      const refusal = { say: note.of({ text: outcome.sentence }) };
      await guard.transact((work) => queueReply(work, click, refusal));
    }
    await ack();
    if (outcome.ok && outcome.result) {
      await openModal({ client, guard, log }, body as Triggered, click, outcome.result);
    }
  });

  app.view(/.*/, async ({ body, ack }) => {
    const submission = parseSubmission(body);
    const listener = submits.get(body.view.callback_id);
    const outcome = await guard.run(body.view.callback_id, async (work) => {
      if (!listener) throw new Refusal('This form belongs to another version of the app. Open it again.');
      return listener.handle(work, submission);
    });
    if (!outcome.ok) await ack({ response_action: 'push', view: refusalView(outcome.sentence) });
    else if (outcome.result && Object.keys(outcome.result).length > 0)
      await ack({ response_action: 'errors', errors: outcome.result });
    else await ack();
  });

  for (const listener of listeners) {
    if (listener.on === 'command') registerCommand(app, listener, guard, log);
    if (listener.on === 'message') {
      app.message(async ({ message }) => {
        await guard.transact((work) => listener.handle(work, message as unknown as Record<string, unknown>));
      });
    }
    if (listener.on === 'join') {
      app.event('member_joined_channel', async ({ event, context: { botUserId } }) => {
        await guard.transact((work) =>
          listener.handle(work, {
            channelId: event.channel,
            userId: event.user,
            eventTs: event.event_ts,
          }),
        );
        if (event.user === botUserId) invited();
      });
    }
  }
}

const unknownAction =
  'This button belongs to another version of the app, so nothing was changed. Use the newest message about this lead.';

type Triggered = { trigger_id: string };

function registerCommand(
  app: App,
  listener: Extract<Listener, { on: 'command' }>,
  guard: Guard,
  log: Logger,
): void {
  app.command(listener.name, async ({ command, ack, client }) => {
    const outcome = await guard.run(listener.name, async (work) => {
      const { user_id: userId, channel_id: channelId, text, response_url: responseUrl } = command;
      const reply = await listener.handle(work, { userId, channelId, text: text.trim() });
      if ('reply' in reply) await replyToCommand(work, reply.reply, responseUrl);
      return reply;
    });
    if (!outcome.ok) return ack({ response_type: 'ephemeral', text: outcome.sentence });
    if ('reply' in outcome.result) return ack();
    if ('open' in outcome.result) {
      await ack();
      const where = { userId: command.user_id, channelId: command.channel_id };
      return openModal({ client, guard, log }, command, where, outcome.result.open);
    }
    const { text, blocks } = outcome.result;
    await (ack as AckFn<object>)({ response_type: 'ephemeral', text, ...(blocks && { blocks }) });
  });
}

async function queueReply(work: Work, click: Click, reply: ClickReply): Promise<void> {
  const { userId, channelId, threadTs, responseUrl } = click;
  if (reply.replace && responseUrl !== undefined) await replaceEphemeral(work, reply.replace, responseUrl);
  if (reply.say && channelId !== undefined)
    await postEphemeral(work, reply.say, { channelId, userId, threadTs });
}

/** Opens what the click asked for. If that fails, the person is told: Slack shows them nothing after the acknowledgement. */
async function openModal(
  options: { client: App['client']; guard: Guard; log: Logger },
  by: Triggered,
  where: { userId: string; channelId?: string; threadTs?: string },
  view: ModalView,
): Promise<void> {
  const { client, guard, log } = options;
  try {
    await client.views.open({ trigger_id: by.trigger_id, view });
  } catch (error) {
    log.warn({ err: error, callbackId: view.callback_id }, 'a modal could not be opened');
    const { userId, channelId, threadTs } = where;
    if (channelId === undefined) return;
    const sentence = note.of({ text: 'The form could not be opened. Please try once more.' });
    await guard.transact((work) => postEphemeral(work, sentence, { userId, channelId, threadTs }));
  }
}

/** A refusal lies on top of the form: closing it leads back to what was typed. */
function refusalView(sentence: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'refusal',
    title: plain('Not saved', 24),
    close: plain('Back', 24),
    blocks: [section(sentence)],
  };
}
