import type { Core } from './core.ts';
import { filledIn, formErrors } from './form-values.ts';
import type { Input } from './inputs.ts';
import { attempt, interactiveApp, openView, tellApp, withFiles } from './tell-app.ts';
import type { OpenView, Outcome } from './types.ts';
import { ControlError, fieldsOf, type Fields } from './values.ts';
import { checkedView, closeModals, showModal, updateView } from './views.ts';

function openModal(core: Core, user: string, viewId = core.workspace.topView(user)?.view.id ?? ''): OpenView {
  const shown = openView(core, viewId, user);
  if (shown.view.type !== 'modal') throw new ControlError(400, 'This is no modal.');
  return shown;
}

/** A person submits a modal. What is missing or malformed is refused as Slack does, without asking the app. */
export async function submit(core: Core, input: Input<'submit'>): Promise<Outcome> {
  const { user, callback, values = {} } = input;
  const shown = openModal(core, user, input.viewId);
  const { view } = shown;
  if ((callback ?? view.callback_id) !== view.callback_id) {
    throw new ControlError(404, `The form is ${view.callback_id}, not ${callback}.`);
  }
  if (core.workspace.topView(user) !== shown)
    throw new ControlError(409, 'Another modal lies on top of this one.');
  const app = interactiveApp(core, view.app_id);
  view.state = { values: withFiles(core, user, filledIn(view.blocks, view.state.values, values)) };
  const refused = formErrors(view.blocks, view.state.values);
  if (Object.keys(refused).length > 0) {
    return withErrors(core, shown, { ok: false, acked: false, ms: 0 }, refused);
  }
  const payload = { type: 'view_submission', view, response_urls: [] };
  const complaint = 'We had some trouble connecting. Try again? (operation_timeout)';
  const { outcome, response } = await tellApp(core, app, user, payload, complaint);
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
  const { response_action: action } = response;
  if (action === 'errors') {
    const errors = fieldsOf(response.errors) as Record<string, string>;
    const unknown = Object.keys(errors).find((id) => !view.blocks.some((block) => block.block_id === id));
    const notice = unknown && `The form has no block ${unknown} to show an error at.`;
    return { ...withErrors(core, shown, outcome, errors), ...(notice && { notice }) };
  }
  delete shown.errors;
  return attempt(core, user, outcome, () => {
    if (action === 'clear') closeModals(core, user, 'all');
    else if (action === 'push')
      showModal(core, core.workspace.app(view.app_id), user, checkedView(response.view, 'modal'), view);
    else if (action === 'update') updateView(core, shown, checkedView(response.view, 'modal'));
    else if (core.workspace.topView(user) === shown) closeModals(core, user, 'top');
  });
}

/** A person closes a modal; the app hears of it where it asked for that. */
export async function closeView(core: Core, { user, viewId }: Input<'closeView'>): Promise<Outcome> {
  const shown = openModal(core, user, viewId);
  const is_cleared = shown.view.clear_on_close;
  const closed = is_cleared ? (core.workspace.stacks.get(user) ?? []) : [shown];
  closeModals(core, user, is_cleared ? 'all' : 'top');
  let outcome: Outcome = { ok: true, acked: true, ms: 0 };
  for (const { view } of closed.filter((one) => one.view.notify_on_close)) {
    const payload = { type: 'view_closed', view, is_cleared };
    ({ outcome } = await tellApp(core, interactiveApp(core, view.app_id), user, payload));
  }
  return outcome;
}
