import type { Core } from './core.ts';
import { elementsOf, filledIn, optionOf, stateOf, stateValue, valueKey } from './form-values.ts';
import type { Input } from './inputs.ts';
import { common, payloadName, publicMessage } from './payloads.ts';
import { newResponseUrl, respond } from './response-url.ts';
import { attempt, interactiveApp, openView, tellApp, withFiles } from './tell-app.ts';
import type { Channel, Message, Outcome, SandboxApp, StateValues } from './types.ts';
import { ControlError, listOf, type Fields } from './values.ts';

/** A person types a slash command. @throws ControlError when no app offers it. */
export async function command(core: Core, input: Input<'command'>): Promise<Outcome> {
  const { workspace } = core;
  const { user, text = '' } = input;
  const name = input.command.startsWith('/') ? input.command : `/${input.command}`;
  const offers = workspace.seed.apps.flatMap((app) =>
    (app.manifest.features?.slash_commands ?? []).map((offered) => ({ app, offered })),
  );
  const found = offers.find(({ offered }) => offered.command === name);
  if (found === undefined) throw new ControlError(404, `No app offers ${name}.`);
  const { app, offered } = found;
  const channel = workspace.conversation(input.channel, user);
  const target = { app, channel, user };
  const payload = {
    ...common(workspace, app),
    team_domain: workspace.seed.team.domain,
    channel_id: channel.id,
    channel_name: payloadName(channel),
    user_id: user,
    user_name: workspace.person(user).name,
    is_enterprise_install: 'false',
    command: name,
    text: offered.should_escape === true ? escapeNames(core, text) : text,
    response_url: newResponseUrl(core, target),
  };
  const complaint = `${name} failed with the error "operation_timeout".`;
  const { outcome, response } = await tellApp(core, app, user, payload, complaint);
  if (!outcome.acked || Object.keys(response).length === 0) return outcome;
  return attempt(core, user, outcome, () => respond(core, target, response));
}

/** `@name` and `#name` as Slack passes them on when the manifest says `should_escape`. */
function escapeNames({ workspace }: Core, text: string): string {
  return text.replace(/([@#])([\w.-]+)/g, (all, sign: string, name: string) => {
    const named = ({ name: own }: { name: string }): boolean => own === name;
    const found = [...(sign === '@' ? workspace.users : workspace.channels).values()].find(named);
    return found === undefined ? all : `<${sign}${found.id}|${name}>`;
  });
}

type ActionInput = Input<'interact'>['action'];

/** What a person acts on, where what they chose there is kept, and what the payload says of it afterwards. */
interface Place {
  app: SandboxApp;
  blocks: Fields[];
  values: StateValues | undefined;
  keep: (values: StateValues) => void;
  payload: () => Fields;
}

/** A person uses a button, menu or picker in a message, a modal or a Home. */
export async function interact(core: Core, input: Input<'interact'>): Promise<Outcome> {
  const { user, action } = input;
  const place =
    input.viewId === undefined
      ? inMessage(core, input.channel, input.messageTs, user)
      : inView(core, input.viewId, user);
  const { block, element, id } = find(place.blocks, action);
  const values = filledIn(place.blocks, place.values, input.values ?? {});
  const key = valueKey(element);
  const chosen = key === undefined ? undefined : stateValue(element, key in action ? action : action.value);
  if (chosen !== undefined) (values[id[0]] ??= {})[id[1]] = chosen;
  place.keep(withFiles(core, user, values));
  // In an input block, filling in stays in the form unless the app asked to hear of it.
  if (block.type === 'input' && block.dispatch_action !== true) return { ok: true, acked: true, ms: 0 };
  const own = { block_id: id[0], action_ts: core.workspace.nextTs() };
  const actions = [{ ...aboutElement(element, action), ...own, ...chosen }];
  const payload = { type: 'block_actions', ...place.payload(), actions };
  return (await tellApp(core, place.app, user, payload)).outcome;
}

function inMessage(core: Core, where: string, messageTs: string, user: string): Place {
  const { workspace } = core;
  const channel = workspace.conversation(where, user);
  const message = workspace.message(channel, messageTs);
  const { ts, thread_ts, ephemeral_to } = message;
  if ((ephemeral_to ?? user) !== user) throw new ControlError(403, `Only ${ephemeral_to} sees this message.`);
  const app = interactiveApp(core, message.app_id);
  const blocks = [message, ...listOf(message.attachments)].flatMap((part) => listOf(part.blocks));
  const key = `${channel.id}:${ts}:${user}`;
  const ids = { message_ts: ts, channel_id: channel.id, is_ephemeral: ephemeral_to !== undefined, thread_ts };
  return {
    app,
    blocks,
    values: workspace.messageStates.get(key),
    keep: (values) => workspace.messageStates.set(key, values),
    payload: () => ({
      container: { type: 'message', ...ids },
      ...aboutMessage(core, app, channel, message, user),
      state: { values: stateOf(blocks, workspace.messageStates.get(key)) },
    }),
  };
}

/** The channel, the message unless it is ephemeral, and where to respond. */
function aboutMessage(core: Core, app: SandboxApp, channel: Channel, message: Message, user: string): Fields {
  const target = { app, channel, user, messageTs: message.ts };
  return {
    channel: { id: channel.id, name: payloadName(channel) },
    message: message.ephemeral_to === undefined ? publicMessage(message) : undefined,
    response_url: newResponseUrl(core, target),
  };
}

function inView(core: Core, viewId: string, user: string): Place {
  const { view } = openView(core, viewId, user);
  const keep = (values: StateValues): void => {
    view.state = { values };
    core.workspace.changed({ type: view.type === 'home' ? 'home' : 'view', user });
  };
  const payload = (): Fields => ({ container: { type: 'view', view_id: view.id }, view });
  return {
    app: interactiveApp(core, view.app_id),
    blocks: view.blocks,
    values: view.state.values,
    keep,
    payload,
  };
}

function find(blocks: Fields[], action: ActionInput): ReturnType<typeof elementsOf>[number] {
  const { action_id: actionId, block_id: blockId, type, value } = action;
  const all = elementsOf(blocks);
  const matching = all.filter(({ id }) => id[1] === actionId && (blockId ?? id[0]) === id[0]);
  const exact = matching.filter(({ element }) => element.type !== 'button' || element.value === value);
  const found = (matching.length > 1 || value !== undefined ? exact : matching)[0];
  if (found === undefined) {
    const offered = all.map(({ id }) => id[1]).join(', ');
    throw new ControlError(404, `There is no element ${JSON.stringify(action)} here, only: ${offered}.`);
  }
  if ((type ?? found.element.type) === found.element.type) return found;
  throw new ControlError(400, `${actionId} is a ${String(found.element.type)}, not a ${type}.`);
}

/** What an action's payload says of its element. */
function aboutElement(element: Fields, { selected_option: picked, value: given }: ActionInput): Fields {
  const { type, action_id, text, value, url, style, confirm, placeholder } = element;
  if (type === 'button') return { type, action_id, text, value, url, style, confirm };
  if (type === 'overflow')
    return { type, action_id, confirm, selected_option: optionOf(element, picked ?? given) };
  const initial = Object.entries(element).filter(([key]) => key.startsWith('initial_'));
  return { type, action_id, placeholder, confirm, ...Object.fromEntries(initial) };
}

/** A person picks a shortcut, on a message or from anywhere. */
export async function shortcut(core: Core, input: Input<'shortcut'>): Promise<Outcome> {
  const { workspace } = core;
  const { user, callbackId: callback_id, channel: where = '', messageTs } = input;
  const type = messageTs === undefined ? 'global' : 'message';
  const offering = workspace.seed.apps.find(({ manifest }) =>
    manifest.features?.shortcuts?.some((one) => one.callback_id === callback_id && one.type === type),
  );
  if (offering === undefined) throw new ControlError(404, `No app offers a ${type} shortcut ${callback_id}.`);
  const app = interactiveApp(core, offering.id);
  const payload: Fields = { type: 'shortcut', callback_id, action_ts: workspace.nextTs() };
  if (messageTs !== undefined) {
    const channel = workspace.conversation(where, user);
    const about = aboutMessage(core, app, channel, workspace.message(channel, messageTs), user);
    Object.assign(payload, { type: 'message_action', message_ts: messageTs, ...about });
  }
  return (await tellApp(core, app, user, payload)).outcome;
}
