import type { Core } from './core.ts';
import { keepFiles } from './files.ts';
import { interactionBase } from './payloads.ts';
import type { OpenView, Outcome, SandboxApp, StateValues } from './types.ts';
import { ControlError, SlackError, type Fields } from './values.ts';

/** Sends what a person did and says what came of it; without an acknowledgement the person is told so. */
export async function tellApp(
  { workspace, delivery }: Core,
  app: SandboxApp,
  user: string,
  payload: Fields,
  complaint = 'This app did not respond: operation_timeout',
): Promise<{ outcome: Outcome; response: Fields }> {
  const isCommand = payload.command !== undefined;
  const base = isCommand ? {} : interactionBase(workspace, app, workspace.person(user));
  const trigger_id = payload.type === 'view_closed' ? undefined : workspace.newTrigger(app.id, user);
  const body = structuredClone({ ...base, trigger_id, ...payload });
  const kind = isCommand ? 'slash_commands' : 'interactive';
  const { acked, ms, reason, response } = await delivery.interaction(app, kind, body);
  if (acked) return { outcome: { ok: true, acked, ms }, response };
  workspace.changed({ type: 'notice', user, text: complaint });
  const notice = reason === undefined ? `${complaint} (no connection)` : complaint;
  return { outcome: { ok: false, acked, ms, notice }, response };
}

/** Does what an app's acknowledgement asks for; what Slack would refuse becomes a notice. */
export function attempt({ workspace }: Core, user: string, outcome: Outcome, act: () => void): Outcome {
  try {
    act();
    return outcome;
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const notice = `The app's answer was refused: ${error.message} ${JSON.stringify(error.details)}`;
    workspace.changed({ type: 'notice', user, text: notice });
    return { ...outcome, ok: false, notice };
  }
}

/** A modal or Home that this person has in front of them. @throws ControlError otherwise. */
export function openView({ workspace }: Core, viewId: string, user: string): OpenView {
  workspace.person(user);
  const shown = workspace.findView(viewId);
  if (shown === undefined) throw new ControlError(404, `There is no open view ${viewId}.`);
  if (shown.user !== user) throw new ControlError(403, `${user} does not see the view ${viewId}.`);
  return shown;
}

/** The app that answers for a message or view. @throws ControlError when there is none, or it wants no actions. */
export function interactiveApp({ workspace }: Core, id = ''): SandboxApp {
  const app = workspace.app(id);
  if (app.manifest.settings?.interactivity?.is_enabled === true) return app;
  throw new ControlError(409, `The manifest of ${app.name} has interactivity switched off.`);
}

/** The values with real files in place of what was given to file inputs. */
export function withFiles(core: Core, user: string, values: StateValues): StateValues {
  for (const state of Object.values(values).flatMap((block) => Object.values(block))) {
    if (state.files !== undefined) state.files = keepFiles(core, user, state.files);
  }
  return values;
}
