import type { Core } from './core.ts';
import { ControlError } from './errors.ts';
import { filledIn, formErrors } from './form-values.ts';
import { attempt, interactiveApp, openView, tellApp } from './interactions.ts';
import type { Fields, OpenView, Outcome } from './types.ts';
import { fieldsOf } from './values.ts';
import { checkedView, closeModals, showModal, updateView } from './views.ts';
import { keepFiles } from './web-api/files.ts';

export interface SubmitInput {
  user: string;
  /** The modal to submit; the one on top when left out. */
  viewId?: string;
  /**
   * What the person filled in: see `filledIn`. Fields left out keep what they hold. A file input takes
   * `{ name, content, mimetype?, encoding?: 'base64' }`, one or a list.
   */
  values?: Fields;
  /** The `callback_id` that the form should have, to be sure it is the right one. */
  callback?: string;
}

function openModal(core: Core, user: string, viewId: string | undefined): OpenView {
  const shown = openView(core, viewId ?? core.workspace.topView(user)?.view.id ?? '', user);
  if (shown.view.type !== 'modal') throw new ControlError(400, 'This is no modal.');
  return shown;
}

/** A person submits a modal. What is missing or malformed is refused as Slack does, without asking the app. */
export async function submit(core: Core, input: SubmitInput): Promise<Outcome> {
  const { user, callback } = input;
  const shown = openModal(core, user, input.viewId);
  const { view } = shown;
  if (callback !== undefined && callback !== view.callback_id) {
    throw new ControlError(404, `The form is ${view.callback_id}, not ${callback}.`);
  }
  if (core.workspace.topView(user) !== shown)
    throw new ControlError(409, 'Another modal lies on top of this one.');
  const app = interactiveApp(core, view.app_id);
  view.state = {
    values: keepFiles(core, user, filledIn(view.blocks, view.state.values, input.values ?? {})),
  };
  const refused = formErrors(view.blocks, view.state.values);
  if (Object.keys(refused).length > 0)
    return withErrors(core, shown, { ok: false, acked: false, ms: 0 }, refused);

  const { outcome, response } = await tellApp(core, app, user, {
    payload: {
      type: 'view_submission',
      trigger_id: core.workspace.newTrigger(app.id, user),
      view,
      response_urls: [],
    },
    complaint: 'We had some trouble connecting. Try again? (operation_timeout)',
  });
  return outcome.acked ? follow(core, shown, outcome, response) : outcome;
}

function withErrors(core: Core, shown: OpenView, outcome: Outcome, errors: Record<string, string>): Outcome {
  shown.errors = errors;
  core.workspace.changed({ type: 'view', user: shown.user });
  return { ...outcome, ok: false, errors };
}

/** Does what the app's acknowledgement says: show errors, another view, or close. */
function follow(core: Core, shown: OpenView, outcome: Outcome, response: Fields): Outcome {
  const { view, user } = shown;
  const app = interactiveApp(core, view.app_id);
  if (response.response_action === 'errors') {
    const errors = fieldsOf(response.errors) as Record<string, string>;
    const unknown = Object.keys(errors).find((id) => !view.blocks.some((block) => block.block_id === id));
    const notice = unknown && { notice: `The form has no block ${unknown} to show an error at.` };
    return { ...withErrors(core, shown, outcome, errors), ...(notice || {}) };
  }
  delete shown.errors;
  return attempt(core, user, outcome, () => {
    if (response.response_action === 'clear') closeModals(core, user, 'all');
    else if (response.response_action === 'push') {
      showModal(core, app, user, checkedView(response.view, 'modal'), view);
    } else if (response.response_action === 'update') {
      updateView(core, shown, checkedView(response.view, 'modal'));
    } else if (core.workspace.topView(user) === shown) closeModals(core, user, 'top');
  });
}

/** A person closes a modal; the app hears of it where it asked for that. */
export async function closeView(
  core: Core,
  { user, viewId }: { user: string; viewId?: string },
): Promise<Outcome> {
  const shown = openModal(core, user, viewId);
  const is_cleared = shown.view.clear_on_close;
  const closed = is_cleared ? (core.workspace.stacks.get(user) ?? []) : [shown];
  closeModals(core, user, is_cleared ? 'all' : 'top');
  let outcome: Outcome = { ok: true, acked: true, ms: 0 };
  for (const { view } of closed) {
    if (!view.notify_on_close) continue;
    const payload = { type: 'view_closed', view, is_cleared };
    ({ outcome } = await tellApp(core, interactiveApp(core, view.app_id), user, { payload }));
  }
  return outcome;
}
