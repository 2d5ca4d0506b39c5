import type { Core } from './core.ts';
import { ControlError, SlackError } from './errors.ts';
import { elementsOf, filledIn, optionOf, stateOf, stateValue, valueKey } from './form-values.ts';
import { interactionBase, payloadName, publicMessage, slashCommand } from './payloads.ts';
import { conversationOf, messageOf } from './people.ts';
import { respond } from './response-url.ts';
import type { Channel, Fields, Message, OpenView, Outcome, SandboxApp, StateValues } from './types.ts';
import { clone, listOf } from './values.ts';
import { keepFiles } from './web-api/files.ts';

/** Sends what a person did and says what came of it; without an acknowledgement the person is told so. */
export async function tellApp(
  core: Core,
  app: SandboxApp,
  user: string,
  {
    payload,
    command,
    complaint = 'This app did not respond: operation_timeout',
  }: { payload: Fields; command?: boolean; complaint?: string },
): Promise<{ outcome: Outcome; response: Fields }> {
  const base = command === true ? {} : interactionBase(core.workspace, app, core.workspace.person(user));
  const kind = command === true ? 'slash_commands' : 'interactive';
  const { acked, ms, reason, response } = await core.delivery.interaction(
    app,
    kind,
    clone({ ...base, ...payload }),
  );
  if (acked) return { outcome: { ok: true, acked, ms }, response };
  const notice = reason === 'no_connection' ? `${complaint} (no connection)` : complaint;
  core.workspace.changed({ type: 'notice', user, text: complaint });
  return { outcome: { ok: false, acked, ms, notice }, response };
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

/** A person types a slash command. @throws ControlError when no app offers it. */
export async function command(
  core: Core,
  input: { channel: string; user: string; command: string; text?: string },
): Promise<Outcome> {
  const name = input.command.startsWith('/') ? input.command : `/${input.command}`;
  const [found] = core.workspace.seed.apps.flatMap((app) =>
    (app.manifest.features?.slash_commands ?? [])
      .filter((offered) => offered.command === name)
      .map((offered) => ({ app, offered })),
  );
  if (found === undefined) throw new ControlError(404, `No app offers ${name}.`);
  const { app, offered } = found;
  const channel = conversationOf(core, input.channel, input.user);
  const user = core.workspace.person(input.user);
  const target = { app, channelId: channel.id, user: user.id };
  const text = input.text ?? '';
  const { outcome, response } = await tellApp(core, app, user.id, {
    command: true,
    complaint: `${name} failed with the error "operation_timeout".`,
    payload: {
      ...slashCommand(core.workspace, app, user, channel),
      command: name,
      text: offered.should_escape === true ? escapeNames(core, text) : text,
      response_url: core.responseUrls.create(core, target),
      trigger_id: core.workspace.newTrigger(app.id, user.id),
    },
  });
  if (!outcome.acked || Object.keys(response).length === 0) return outcome;
  return attempt(core, user.id, outcome, () => respond(core, target, response));
}

/** `@name` and `#name` as Slack passes them on when the manifest says `should_escape`. */
function escapeNames({ workspace }: Core, text: string): string {
  return text
    .replace(/@([\w.-]+)/g, (all, name: string) => {
      const user = [...workspace.users.values()].find((other) => other.name === name);
      return user === undefined ? all : `<@${user.id}|${name}>`;
    })
    .replace(/#([\w-]+)/g, (all, name: string) => {
      const channel = workspace.channelNamed(name);
      return channel === undefined ? all : `<#${channel.id}|${name}>`;
    });
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

/** What a person acts on, and where what they chose there is kept. */
interface Place {
  app: SandboxApp;
  blocks: Fields[];
  values: StateValues | undefined;
  keep: (values: StateValues) => void;
  /** What the payload says of it, after the values are kept. */
  payload: () => Fields;
}

/** A person uses a button, menu or picker in a message, a modal or a Home. */
export async function interact(core: Core, input: InteractInput): Promise<Outcome> {
  const { user, action } = input;
  const place = input.viewId === undefined ? inMessage(core, input) : inView(core, input.viewId, user);
  const { block, element } = find(place.blocks, action);
  const values = filledIn(place.blocks, place.values ?? {}, input.values ?? {});
  const key = valueKey(element);
  const chosen = key === undefined ? undefined : stateValue(element, key in action ? action : action.value);
  const blockId = String(block.block_id);
  if (chosen !== undefined) values[blockId] = { ...values[blockId], [action.action_id]: chosen };
  place.keep(keepFiles(core, user, values));
  // In an input block, filling in stays in the form unless the app asked to hear of it.
  if (block.type === 'input' && block.dispatch_action !== true) return { ok: true, acked: true, ms: 0 };
  const payload = {
    type: 'block_actions',
    trigger_id: core.workspace.newTrigger(place.app.id, user),
    ...place.payload(),
    actions: [actionOf(core, blockId, element, action, chosen)],
  };
  return (await tellApp(core, place.app, user, { payload })).outcome;
}

function inMessage(core: Core, { channel: where = '', messageTs = '', user }: InteractInput): Place {
  const channel = conversationOf(core, where, user);
  const message = messageOf(channel, messageTs);
  const isEphemeral = message.ephemeral_to !== undefined;
  if (isEphemeral && message.ephemeral_to !== user) {
    throw new ControlError(403, `Only ${message.ephemeral_to} sees this message.`);
  }
  const app = interactiveApp(core, message.app_id);
  const blocks = [message, ...listOf(message.attachments)].flatMap((part) => listOf(part.blocks));
  const { messageStates } = core.workspace;
  const key = `${channel.id}:${message.ts}:${user}`;
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  const ids = { message_ts: message.ts, channel_id: channel.id, is_ephemeral: isEphemeral };
  return {
    app,
    blocks,
    values: messageStates.get(key),
    keep: (values) => messageStates.set(key, values),
    payload: () => ({
      container: { type: 'message', ...ids, ...thread },
      ...aboutMessage(core, app, channel, message, user),
      state: { values: stateOf(blocks, messageStates.get(key)) },
    }),
  };
}

/** The channel, the message unless it is ephemeral, and where to respond. */
function aboutMessage(core: Core, app: SandboxApp, channel: Channel, message: Message, user: string): Fields {
  const target = { app, channelId: channel.id, user, messageTs: message.ts };
  return {
    channel: { id: channel.id, name: payloadName(channel) },
    ...(message.ephemeral_to === undefined ? { message: publicMessage(message) } : {}),
    response_url: core.responseUrls.create(core, target),
  };
}

function inView(core: Core, viewId: string, user: string): Place {
  const { view } = openView(core, viewId, user);
  return {
    app: interactiveApp(core, view.app_id),
    blocks: view.blocks,
    values: view.state.values,
    keep: (values) => {
      view.state = { values };
      core.workspace.changed({ type: view.type === 'home' ? 'home' : 'view', user });
    },
    payload: () => ({ container: { type: 'view', view_id: view.id }, view }),
  };
}

/** A modal or Home that this person has in front of them. @throws ControlError otherwise. */
export function openView(core: Core, viewId: string, user: string): OpenView {
  core.workspace.person(user);
  const shown = core.workspace.findView(({ id }) => id === viewId);
  if (shown === undefined) throw new ControlError(404, `There is no open view ${viewId}.`);
  if (shown.user !== user) throw new ControlError(403, `${user} does not see the view ${viewId}.`);
  return shown;
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
  const { action_id: id, block_id: blockId, type, value } = action;
  const all = blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const matching = all.filter(
    ({ block, element }) => element.action_id === id && (blockId === undefined || blockId === block.block_id),
  );
  const exact = matching.filter(({ element }) => element.type !== 'button' || element.value === value);
  const found = (matching.length > 1 || value !== undefined ? exact : matching)[0];
  if (found === undefined) {
    const offered = all.map(({ element }) => String(element.action_id)).join(', ');
    throw new ControlError(404, `There is no element ${JSON.stringify(action)} here, only: ${offered}.`);
  }
  if (type !== undefined && type !== found.element.type) {
    throw new ControlError(400, `${id} is a ${String(found.element.type)}, not a ${type}.`);
  }
  return found;
}

/** The action as the payload shows it: what the element says of itself, and what was chosen. */
function actionOf(
  core: Core,
  block_id: string,
  element: Fields,
  action: ActionInput,
  chosen: Fields | undefined,
): Fields {
  const { type, action_id } = element;
  const copied =
    type === 'button'
      ? ['text', 'value', 'url', 'style', 'confirm']
      : ['placeholder', 'initial_option', 'confirm'];
  const own = copied.filter((name) => element[name] !== undefined).map((name) => [name, element[name]]);
  const picked =
    type === 'overflow'
      ? { selected_option: optionOf(element, action.selected_option ?? action.value) }
      : chosen;
  const base = { type, action_id, block_id, ...(Object.fromEntries(own) as Fields) };
  return { ...base, ...picked, action_ts: core.workspace.nextTs() };
}

/** A person picks a shortcut: on a message when `channel` and `messageTs` are given, from anywhere otherwise. */
export async function shortcut(
  core: Core,
  input: { user: string; callbackId: string; channel?: string; messageTs?: string },
): Promise<Outcome> {
  const { user, callbackId, channel: where = '', messageTs } = input;
  const type = messageTs === undefined ? 'global' : 'message';
  const app = core.workspace.seed.apps.find(({ manifest }) =>
    manifest.features?.shortcuts?.some((one) => one.callback_id === callbackId && one.type === type),
  );
  if (app === undefined) throw new ControlError(404, `No app offers a ${type} shortcut ${callbackId}.`);
  interactiveApp(core, app.id);
  core.workspace.person(user);
  const place = (): Fields => {
    const channel = conversationOf(core, where, user);
    const message = messageOf(channel, messageTs ?? '');
    return { message_ts: message.ts, ...aboutMessage(core, app, channel, message, user) };
  };
  const payload = {
    type: type === 'global' ? 'shortcut' : 'message_action',
    callback_id: callbackId,
    trigger_id: core.workspace.newTrigger(app.id, user),
    action_ts: core.workspace.nextTs(),
    ...(messageTs === undefined ? {} : place()),
  };
  return (await tellApp(core, app, user, { payload })).outcome;
}
