import type { Core } from './core.ts';
import { ControlError } from './errors.ts';
import { attempt, interactiveApp, outcomeOf, viewOf } from './interactions.ts';
import { interactionBase, publicView } from './payloads.ts';
import type { Fields, Outcome, SandboxApp, View } from './types.ts';
import { elementsOf } from './validate-blocks.ts';
import { fieldsOf, textOf } from './values.ts';
import { filledIn, formErrors } from './view-state.ts';
import { checkedView, closeAll, closeTop, showModal, updateView } from './views.ts';

export interface SubmitInput {
  user: string;
  /** The modal to submit; the one on top when left out. */
  viewId?: string;
  /** What the person filled in: see `filledIn`. Fields left out keep what they hold. */
  values?: Fields;
  /** The `callback_id` that the form should have, to be sure it is the right one. */
  callback?: string;
}

/** A person submits a modal. What is missing or malformed is refused as Slack does, without asking the app. */
export async function submit(core: Core, input: SubmitInput): Promise<Outcome> {
  const { user } = input;
  const view = viewOf(core, input.viewId ?? core.workspace.topView(user)?.id ?? '', user);
  if (view.type !== 'modal') throw new ControlError(400, 'Only a modal can be submitted.');
  if (input.callback !== undefined && input.callback !== view.callback_id) {
    throw new ControlError(404, `The form is ${view.callback_id}, not ${input.callback}.`);
  }
  if (core.workspace.topView(user) !== view)
    throw new ControlError(409, 'Another modal lies on top of this one.');
  const app = interactiveApp(core, view.app_id);
  view.state = { values: filledIn(view.blocks, view.state.values, input.values ?? {}) };
  const refused = formErrors(view.blocks, view.state.values);
  if (Object.keys(refused).length > 0)
    return withErrors(core, view, user, { ok: false, acked: false, ms: 0 }, refused);

  const payload = {
    type: 'view_submission',
    ...interactionBase(core.workspace, app, core.workspace.person(user)),
    trigger_id: core.workspace.newTrigger(app.id, user),
    view: publicView(view),
    response_urls: responseUrls(core, app, view, user),
  };
  const answer = await core.delivery.interaction(app, 'interactive', payload);
  const outcome = outcomeOf(
    core,
    user,
    answer,
    'We had some trouble connecting. Try again? (operation_timeout)',
  );
  return answer.acked ? follow(core, app, view, user, outcome, answer.response) : outcome;
}

function withErrors(
  core: Core,
  view: View,
  user: string,
  outcome: Outcome,
  errors: Record<string, string>,
): Outcome {
  core.workspace.viewErrors.set(view.id, errors);
  core.workspace.changed({ type: 'view', user });
  return { ...outcome, ok: false, errors };
}

/** Does what the app's acknowledgement says: show errors, another view, or close. */
function follow(
  core: Core,
  app: SandboxApp,
  view: View,
  user: string,
  outcome: Outcome,
  response: Fields,
): Outcome {
  if (response.response_action === 'errors') {
    const errors = fieldsOf(response.errors) as Record<string, string>;
    const unknown = Object.keys(errors).find((id) => !view.blocks.some((block) => block.block_id === id));
    const notice =
      unknown === undefined ? {} : { notice: `The form has no block ${unknown} to show an error at.` };
    return { ...withErrors(core, view, user, outcome, errors), ...notice };
  }
  core.workspace.viewErrors.delete(view.id);
  return attempt(core, user, outcome, () => {
    if (response.response_action === 'clear') return closeAll(core, user);
    if (response.response_action === 'push') {
      showModal(core, app, user, checkedView(response.view, 'modal'), view);
    } else if (response.response_action === 'update') {
      updateView(core, view, checkedView(response.view, 'modal'));
      core.workspace.changed({ type: 'view', user });
    } else if (core.workspace.topView(user) === view) closeTop(core, user);
  });
}

/** One `response_url` for each conversation chosen in a menu with `response_url_enabled`. */
function responseUrls(core: Core, app: SandboxApp, view: View, user: string): Fields[] {
  return view.blocks.flatMap((block) =>
    elementsOf(block)
      .filter((element) => element.response_url_enabled === true)
      .flatMap((element) => {
        const value = view.state.values[String(block.block_id)]?.[String(element.action_id)];
        const channelId = textOf(value?.selected_conversation) ?? textOf(value?.selected_channel);
        if (channelId === undefined) return [];
        const response_url = core.responseUrls.create(core, { app, channelId, user });
        return [
          { block_id: block.block_id, action_id: element.action_id, channel_id: channelId, response_url },
        ];
      }),
  );
}

/** A person closes a modal; the app hears of it where it asked for that. */
export async function closeView(core: Core, input: { user: string; viewId?: string }): Promise<Outcome> {
  const { user } = input;
  const view = viewOf(core, input.viewId ?? core.workspace.topView(user)?.id ?? '', user);
  if (view.type !== 'modal') throw new ControlError(400, 'Only a modal can be closed.');
  const isCleared = view.clear_on_close;
  const stack = (core.workspace.stacks.get(user) ?? []).map((id) => core.workspace.views.get(id));
  const closed = isCleared ? stack.filter((one) => one !== undefined) : [view];
  if (isCleared) closeAll(core, user);
  else closeTop(core, user);
  let outcome: Outcome = { ok: true, acked: true, ms: 0 };
  for (const one of closed) {
    if (!one.notify_on_close) continue;
    const app = interactiveApp(core, one.app_id);
    const answer = await core.delivery.interaction(app, 'interactive', {
      type: 'view_closed',
      ...interactionBase(core.workspace, app, core.workspace.person(user)),
      view: publicView(one),
      is_cleared: isCleared,
    });
    outcome = outcomeOf(core, user, answer, 'This app did not respond: operation_timeout');
  }
  return outcome;
}
