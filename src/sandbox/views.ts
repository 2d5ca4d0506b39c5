import type { Core } from './core.ts';
import { SlackError } from './errors.ts';
import { withBlockIds } from './posting.ts';
import type { Fields, SandboxApp, View } from './types.ts';
import { viewProblems } from './validate-blocks.ts';
import { isFields, listOf, newId, textOf } from './values.ts';
import { stateOf } from './view-state.ts';

const triggerLivesMs = 3000;
const deepestStack = 3;
const largestView = 250_000;

/** Exchanges a trigger for the person it came from. @throws SlackError when it is unknown, used or too old. */
export function exchangeTrigger(core: Core, app: SandboxApp, triggerId: unknown): string {
  const trigger = core.workspace.triggers.get(textOf(triggerId) ?? '');
  if (trigger === undefined || trigger.appId !== app.id) throw new SlackError('invalid_trigger_id');
  if (trigger.isUsed) throw new SlackError('exchanged_trigger_id');
  if (core.workspace.now - trigger.createdMs > triggerLivesMs) throw new SlackError('expired_trigger_id');
  trigger.isUsed = true;
  return trigger.user;
}

/** Checks a view given by an app. @throws SlackError as `views.open` would refuse it. */
export function checkedView(given: unknown, expected?: 'modal' | 'home'): Fields {
  if (!isFields(given)) {
    throw refusedView(['[ERROR] missing required field: view']);
  }
  if (JSON.stringify(given).length > largestView) throw new SlackError('view_too_large');
  const messages = viewProblems(given, expected);
  if (messages.length > 0) throw refusedView(messages);
  return given;
}

function refusedView(messages: string[]): SlackError {
  return new SlackError('invalid_arguments', { response_metadata: { messages } });
}

/** Opens a modal on top of whatever the person sees: as a new root, or pushed onto an open one. */
export function showModal(core: Core, app: SandboxApp, user: string, given: Fields, parent?: View): View {
  const { workspace } = core;
  const stack = parent === undefined ? [] : (workspace.stacks.get(user) ?? []);
  if (stack.length >= deepestStack) throw new SlackError('push_limit_reached');
  if (parent === undefined) closeAll(core, user);
  const view = newView(core, app, given);
  if (parent !== undefined)
    Object.assign(view, { root_view_id: parent.root_view_id, previous_view_id: parent.id });
  workspace.views.set(view.id, view);
  workspace.stacks.set(user, [...stack, view.id]);
  workspace.changed({ type: 'view', user });
  return view;
}

/** Puts new content into an open view; what the person filled in stays where block_id and action_id stayed. */
export function updateView(core: Core, view: View, given: Fields): View {
  const next = newView(core, core.workspace.appById(view.app_id), given, view.external_id);
  const { id, root_view_id, previous_view_id } = view;
  const state = { values: stateOf(next.blocks, view.state.values) };
  return Object.assign(view, next, { id, root_view_id, previous_view_id, state });
}

function newView(core: Core, app: SandboxApp | undefined, given: Fields, ownExternalId?: string): View {
  const { workspace } = core;
  const externalId = textOf(given.external_id) ?? '';
  if (externalId !== '' && externalId !== ownExternalId && viewByExternalId(core, externalId) !== undefined) {
    throw new SlackError('duplicate_external_id');
  }
  const id = newId('V');
  const blocks = withBlockIds(listOf(given.blocks));
  return {
    id,
    team_id: workspace.seed.team.id,
    type: given.type === 'home' ? 'home' : 'modal',
    app_id: app?.id ?? '',
    app_installed_team_id: workspace.seed.team.id,
    bot_id: app?.botId ?? '',
    callback_id: textOf(given.callback_id) ?? '',
    external_id: externalId,
    private_metadata: textOf(given.private_metadata) ?? '',
    title: given.title ?? { type: 'plain_text', text: 'View Title' },
    submit: given.submit ?? null,
    close: given.close ?? null,
    blocks,
    state: { values: stateOf(blocks) },
    hash: `${Math.floor(workspace.now / 1000)}.${newId('').toLowerCase()}`,
    root_view_id: id,
    previous_view_id: null,
    clear_on_close: given.clear_on_close === true,
    notify_on_close: given.notify_on_close === true,
  };
}

/** Takes the top modal away; the one below shows again. */
export function closeTop(core: Core, user: string): void {
  const stack = core.workspace.stacks.get(user) ?? [];
  forget(core, stack.at(-1));
  core.workspace.stacks.set(user, stack.slice(0, -1));
  core.workspace.changed({ type: 'view', user });
}

export function closeAll(core: Core, user: string): void {
  for (const id of core.workspace.stacks.get(user) ?? []) forget(core, id);
  core.workspace.stacks.delete(user);
  core.workspace.changed({ type: 'view', user });
}

function forget(core: Core, id: string | undefined): void {
  core.workspace.views.delete(id ?? '');
  core.workspace.viewErrors.delete(id ?? '');
}

export function viewByExternalId(core: Core, externalId: string): View | undefined {
  return [...core.workspace.views.values()].find((view) => view.external_id === externalId);
}

/** Whose modal or Home this is. */
export function ownerOf(core: Core, view: View): string | undefined {
  for (const [user, stack] of core.workspace.stacks) if (stack.includes(view.id)) return user;
  for (const [key, id] of core.workspace.homes) if (id === view.id) return key.split(':')[1];
  return undefined;
}

/** Publishes a person's Home in place of the one before. */
export function publishHome(core: Core, app: SandboxApp, user: string, given: Fields): View {
  const { workspace } = core;
  const key = `${app.id}:${user}`;
  const existing = workspace.views.get(workspace.homes.get(key) ?? '');
  const view = existing === undefined ? newView(core, app, given) : updateView(core, existing, given);
  workspace.views.set(view.id, view);
  workspace.homes.set(key, view.id);
  workspace.changed({ type: 'home', user });
  return view;
}
