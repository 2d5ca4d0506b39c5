import type { Core } from './core.ts';
import { stateOf } from './form-values.ts';
import { withBlockIds } from './posting.ts';
import type { OpenView, SandboxApp, View } from './types.ts';
import { viewProblems } from './validate.ts';
import { fieldsOf, listOf, newId, SlackError, textOf, type Fields } from './values.ts';

/** By the real clock: the app's way from a click to its modal takes real time. */
const triggerLivesMs = 3000;
const deepestStack = 3;
const largestView = 250_000;

/** Exchanges a trigger for the person it came from. @throws SlackError when it is unknown, used or too old. */
export function exchangeTrigger(core: Core, app: SandboxApp, triggerId: unknown): string {
  const trigger = core.workspace.triggers.get(textOf(triggerId) ?? '');
  if (trigger === undefined || trigger.appId !== app.id) throw new SlackError('invalid_trigger_id');
  if (trigger.isUsed) throw new SlackError('exchanged_trigger_id');
  if (performance.now() - trigger.createdMs > triggerLivesMs) throw new SlackError('expired_trigger_id');
  trigger.isUsed = true;
  return trigger.user;
}

/** Checks a view given by an app. @throws SlackError as `views.open` would refuse it. */
export function checkedView(given: unknown, expected: 'modal' | 'home'): Fields {
  if (JSON.stringify(given ?? '').length > largestView) throw new SlackError('view_too_large');
  const problems = viewProblems(given, expected);
  if (problems.length > 0) throw new SlackError('invalid_arguments', {}, problems);
  return fieldsOf(given);
}

/** Opens a modal on top of whatever the person sees: as a new root, or pushed onto an open one. */
export function showModal(core: Core, app: SandboxApp, user: string, given: Fields, parent?: View): View {
  const { workspace } = core;
  const stack = parent === undefined ? [] : (workspace.stacks.get(user) ?? []);
  if (stack.length >= deepestStack) throw new SlackError('push_limit_reached');
  const view = newView(core, app, given);
  if (parent !== undefined) {
    Object.assign(view, { root_view_id: parent.root_view_id, previous_view_id: parent.id });
  }
  workspace.stacks.set(user, [...stack, { view, user }]);
  workspace.changed({ type: 'view', user });
  return view;
}

/** Puts new content into an open view; what the person filled in stays where block_id and action_id stayed. */
export function updateView(core: Core, shown: OpenView, given: Fields): View {
  const { view, user } = shown;
  const { id, root_view_id, previous_view_id } = view;
  const next = newView(core, core.workspace.app(view.app_id), given);
  const state = { values: stateOf(next.blocks, view.state.values) };
  Object.assign(view, next, { id, root_view_id, previous_view_id, state });
  delete shown.errors;
  core.workspace.changed({ type: view.type === 'home' ? 'home' : 'view', user });
  return view;
}

/** Publishes a person's Home in place of the one before. */
export function publishHome(core: Core, app: SandboxApp, user: string, given: Fields): View {
  const { homes } = core.workspace;
  const shown = homes.get(`${app.id}:${user}`);
  if (shown !== undefined) return updateView(core, shown, given);
  const view = newView(core, app, given);
  homes.set(`${app.id}:${user}`, { view, user });
  core.workspace.changed({ type: 'home', user });
  return view;
}

function newView({ workspace }: Core, app: SandboxApp, given: Fields): View {
  const id = newId('V');
  const blocks = withBlockIds(listOf(given.blocks));
  return {
    id,
    team_id: workspace.seed.team.id,
    type: given.type === 'home' ? 'home' : 'modal',
    app_id: app.id,
    app_installed_team_id: workspace.seed.team.id,
    bot_id: app.botId,
    callback_id: textOf(given.callback_id) ?? '',
    external_id: '',
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

/** Takes the top modal away, so that the one below shows again, or all of them. */
export function closeModals({ workspace }: Core, user: string, which: 'top' | 'all'): void {
  const { stacks } = workspace;
  stacks.set(user, which === 'all' ? [] : (stacks.get(user) ?? []).slice(0, -1));
  workspace.changed({ type: 'view', user });
}
