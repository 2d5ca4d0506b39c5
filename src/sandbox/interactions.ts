import type { Core } from './core.ts';
import type { Answer } from './deliver.ts';
import { ControlError, SlackError } from './errors.ts';
import { interactionBase, publicMessage, publicView, slashCommand } from './payloads.ts';
import { conversationOf, messageOf } from './people.ts';
import { respond } from './response-url.ts';
import type { Channel, Fields, Message, Outcome, SandboxApp, StateValues, View } from './types.ts';
import { elementsOf } from './validate-blocks.ts';
import { listOf } from './values.ts';
import { filledIn, optionOf, stateOf, stateValue, valueKey } from './view-state.ts';
import { ownerOf } from './views.ts';

/** A person types a slash command. @throws ControlError when no app offers it. */
export async function command(
  core: Core,
  input: { channel: string; user: string; command: string; text?: string },
): Promise<Outcome> {
  const name = input.command.startsWith('/') ? input.command : `/${input.command}`;
  const app = core.workspace.seed.apps.find(({ manifest }) =>
    manifest.features?.slash_commands?.some((offered) => offered.command === name),
  );
  if (app === undefined) throw new ControlError(404, `No app offers ${name}.`);
  const offered = app.manifest.features?.slash_commands?.find((other) => other.command === name);
  const channel = conversationOf(core, input.channel, input.user);
  const user = core.workspace.person(input.user);
  const target = { app, channelId: channel.id, user: user.id };
  const text = input.text ?? '';
  const payload = slashCommand(core.workspace, app, user, channel, {
    command: name,
    text: offered?.should_escape === true ? escapeNames(core, text) : text,
    responseUrl: core.responseUrls.create(core, target),
    triggerId: core.workspace.newTrigger(app.id, user.id),
  });
  const answer = await core.delivery.interaction(app, 'slash_commands', payload);
  const outcome = outcomeOf(core, user.id, answer, `${name} failed with the error "operation_timeout".`);
  if (!answer.acked || Object.keys(answer.response).length === 0) return outcome;
  return attempt(core, user.id, outcome, () => respond(core, target, answer.response));
}

/** `@name` and `#name` as Slack passes them on when the manifest says `should_escape`. */
function escapeNames(core: Core, text: string): string {
  return text
    .replace(/@([\w.-]+)/g, (all, name: string) => {
      const user = [...core.workspace.users.values()].find((other) => other.name === name);
      return user === undefined ? all : `<@${user.id}|${name}>`;
    })
    .replace(/#([\w-]+)/g, (all, name: string) => {
      const channel = [...core.workspace.channels.values()].find((other) => other.name === name);
      return channel === undefined ? all : `<#${channel.id}|${name}>`;
    });
}

/** What came of a delivery; without an acknowledgement the person is told so. */
export function outcomeOf(core: Core, user: string, { acked, ms, reason }: Answer, notice: string): Outcome {
  if (acked) return { ok: true, acked, ms };
  core.workspace.changed({ type: 'notice', user, text: notice });
  return { ok: false, acked, ms, notice: reason === 'no_connection' ? `${notice} (no connection)` : notice };
}

/** Does what an app's acknowledgement asks for; what Slack would refuse becomes a notice. */
export function attempt(core: Core, user: string, outcome: Outcome, act: () => void): Outcome {
  try {
    act();
    return outcome;
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const notice = `The app's answer was refused: ${error.code} ${JSON.stringify(error.details)}`;
    core.workspace.changed({ type: 'notice', user, text: notice });
    return { ...outcome, ok: false, notice };
  }
}

/** An action as Slack would send it; the sandbox finds its element and fills in the rest. */
export interface ActionInput extends Fields {
  action_id: string;
  type?: string;
  block_id?: string;
}

export type InteractInput = { user: string; action: ActionInput; values?: Fields } & (
  | { channel: string; messageTs: string; viewId?: undefined }
  | { viewId: string; channel?: undefined; messageTs?: undefined }
);

/** A person uses a button, menu or picker in a message, a modal or a Home. */
export async function interact(core: Core, input: InteractInput): Promise<Outcome> {
  return input.viewId === undefined
    ? await interactWithMessage(core, input)
    : await interactWithView(core, input, input.viewId);
}

async function interactWithMessage(
  core: Core,
  { channel: where, messageTs, user: userId, action, values }: InteractInput,
): Promise<Outcome> {
  const channel = conversationOf(core, where ?? '', userId);
  const message = messageOf(channel, messageTs ?? '');
  if (message.ephemeral_to !== undefined && message.ephemeral_to !== userId) {
    throw new ControlError(403, `Only ${message.ephemeral_to} sees this message.`);
  }
  const app = interactiveApp(core, message.app_id);
  const blocks = [
    ...listOf(message.blocks),
    ...listOf(message.attachments).flatMap(({ blocks }) => listOf(blocks)),
  ];
  const { block, element } = find(blocks, action);
  const key = `${channel.id}:${message.ts}:${userId}`;
  const before = stateOf(blocks, core.workspace.messageStates.get(key));
  const state = withAction(
    values === undefined ? before : filledIn(blocks, before, values),
    block,
    element,
    action,
  );
  core.workspace.messageStates.set(key, state);
  return await send(core, app, userId, block, element, action, {
    container: messageContainer(channel, message),
    channel: { id: channel.id, name: payloadName(channel) },
    ...(message.ephemeral_to === undefined ? { message: publicMessage(message) } : {}),
    state: { values: state },
    response_url: core.responseUrls.create(core, {
      app,
      channelId: channel.id,
      user: userId,
      messageTs: message.ts,
    }),
  });
}

function messageContainer(channel: Channel, message: Message): Fields {
  return {
    type: 'message',
    message_ts: message.ts,
    channel_id: channel.id,
    is_ephemeral: message.ephemeral_to !== undefined,
    ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
  };
}

export function payloadName({ kind, name }: Channel): string {
  return kind === 'group' ? 'privategroup' : name;
}

async function interactWithView(core: Core, input: InteractInput, viewId: string): Promise<Outcome> {
  const { user, action, values } = input;
  const view = viewOf(core, viewId, user);
  const app = interactiveApp(core, view.app_id);
  const { block, element } = find(view.blocks, action);
  const before = values === undefined ? view.state.values : filledIn(view.blocks, view.state.values, values);
  view.state = { values: withAction(before, block, element, action) };
  core.workspace.changed({ type: view.type === 'home' ? 'home' : 'view', user });
  return await send(core, app, user, block, element, action, {
    container: { type: 'view', view_id: view.id },
    view: publicView(view),
  });
}

/** A modal or Home that this person has in front of them. @throws ControlError otherwise. */
export function viewOf(core: Core, viewId: string, user: string): View {
  core.workspace.person(user);
  const view = core.workspace.views.get(viewId);
  if (view === undefined) throw new ControlError(404, `There is no open view ${viewId}.`);
  if (ownerOf(core, view) !== user) throw new ControlError(403, `${user} does not see the view ${viewId}.`);
  return view;
}

/** The app that answers for a message or view. @throws ControlError when there is none, or it wants no actions. */
export function interactiveApp(core: Core, id: string | undefined): SandboxApp {
  const app = core.workspace.appById(id);
  if (app === undefined) throw new ControlError(404, 'No app here answers for this.');
  if (app.manifest.settings?.interactivity?.is_enabled !== true) {
    throw new ControlError(409, `The manifest of ${app.name} has interactivity switched off.`);
  }
  return app;
}

function find(blocks: Fields[], action: ActionInput): { block: Fields; element: Fields } {
  const matching = blocks.flatMap((block) =>
    elementsOf(block)
      .filter((element) => element.action_id === action.action_id)
      .filter(() => action.block_id === undefined || action.block_id === block.block_id)
      .map((element) => ({ block, element })),
  );
  const exact = matching.filter(({ element }) => element.type !== 'button' || element.value === action.value);
  const found = (matching.length > 1 || action.value !== undefined ? exact : matching)[0];
  if (found === undefined) {
    const offered = blocks.flatMap((block) => elementsOf(block).map((element) => String(element.action_id)));
    throw new ControlError(
      404,
      `There is no element ${JSON.stringify(action)} here, only: ${offered.join(', ')}.`,
    );
  }
  if (action.type !== undefined && action.type !== found.element.type) {
    throw new ControlError(
      400,
      `${action.action_id} is a ${String(found.element.type)}, not a ${action.type}.`,
    );
  }
  return found;
}

function withAction(state: StateValues, block: Fields, element: Fields, action: ActionInput): StateValues {
  const key = valueKey(element);
  if (key === undefined) return state;
  const blockId = String(block.block_id);
  const value = stateValue(element, key in action ? action : action.value);
  return { ...state, [blockId]: { ...state[blockId], [action.action_id]: value } };
}

async function send(
  core: Core,
  app: SandboxApp,
  userId: string,
  block: Fields,
  element: Fields,
  action: ActionInput,
  place: Fields,
): Promise<Outcome> {
  // In an input block, filling in stays in the form unless the app asked to hear of it.
  if (block.type === 'input' && block.dispatch_action !== true) return { ok: true, acked: true, ms: 0 };
  const user = core.workspace.person(userId);
  const payload = {
    type: 'block_actions',
    ...interactionBase(core.workspace, app, user),
    trigger_id: core.workspace.newTrigger(app.id, user.id),
    ...place,
    actions: [actionOf(core, block, element, action)],
  };
  const answer = await core.delivery.interaction(app, 'interactive', payload);
  return outcomeOf(core, user.id, answer, 'This app did not respond: operation_timeout');
}

function actionOf(core: Core, block: Fields, element: Fields, action: ActionInput): Fields {
  const { type, action_id, text, value, url, style, confirm, placeholder, initial_option, icon } = element;
  const isButton = type === 'button' || type === 'icon_button';
  const key = valueKey(element);
  const chosen =
    type === 'overflow'
      ? { selected_option: optionOf(element, action.selected_option ?? action.value) }
      : key === undefined
        ? type === 'feedback_buttons'
          ? { value: action.value }
          : {}
        : stateValue(element, key in action ? action : action.value);
  const extras = isButton
    ? { text, value, url, style, confirm, icon }
    : { placeholder, initial_option, confirm };
  const given = Object.entries(extras).filter(([, field]) => field !== undefined);
  return {
    type,
    action_id,
    block_id: block.block_id,
    ...Object.fromEntries(given),
    ...chosen,
    action_ts: core.workspace.nextTs(),
  };
}

/** A person picks a shortcut: on a message when `channel` and `messageTs` are given, from anywhere otherwise. */
export async function shortcut(
  core: Core,
  input: { user: string; callbackId: string; channel?: string; messageTs?: string },
): Promise<Outcome> {
  const type = input.messageTs === undefined ? 'global' : 'message';
  const app = core.workspace.seed.apps.find(({ manifest }) =>
    manifest.features?.shortcuts?.some((one) => one.callback_id === input.callbackId && one.type === type),
  );
  if (app === undefined) throw new ControlError(404, `No app offers a ${type} shortcut ${input.callbackId}.`);
  interactiveApp(core, app.id);
  const user = core.workspace.person(input.user);
  const payload = {
    type: type === 'global' ? 'shortcut' : 'message_action',
    callback_id: input.callbackId,
    ...interactionBase(core.workspace, app, user),
    trigger_id: core.workspace.newTrigger(app.id, user.id),
    action_ts: core.workspace.nextTs(),
    ...(input.messageTs === undefined ? {} : shortcutPlace(core, app, input)),
  };
  const answer = await core.delivery.interaction(app, 'interactive', payload);
  return outcomeOf(core, user.id, answer, 'This app did not respond: operation_timeout');
}

function shortcutPlace(
  core: Core,
  app: SandboxApp,
  input: { user: string; channel?: string; messageTs?: string },
): Fields {
  const channel = conversationOf(core, input.channel ?? '', input.user);
  const message = messageOf(channel, input.messageTs ?? '');
  return {
    channel: { id: channel.id, name: payloadName(channel) },
    message_ts: message.ts,
    message: publicMessage(message),
    response_url: core.responseUrls.create(core, {
      app,
      channelId: channel.id,
      user: input.user,
      messageTs: message.ts,
    }),
  };
}
