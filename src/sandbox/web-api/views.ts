import { SlackError } from '../errors.ts';
import type { OpenView, View } from '../types.ts';
import { clone, textOf } from '../values.ts';
import { checkedView, exchangeTrigger, publishHome, showModal, updateView } from '../views.ts';
import { knownUser, type Call, type Method } from './method.ts';

function refuseStale(shown: OpenView | undefined, hash: unknown): void {
  if (shown !== undefined && textOf(hash) !== undefined && hash !== shown.view.hash) {
    throw new SlackError('hash_conflict');
  }
}

function open({ core, app, args }: Call): View {
  const given = checkedView(args.view, 'modal');
  return showModal(core, app, exchangeTrigger(core, app, args.trigger_id), given);
}

function push({ core, app, args }: Call): View {
  const given = checkedView(args.view, 'modal');
  const user = exchangeTrigger(core, app, args.trigger_id);
  const parent = core.workspace.topView(user)?.view;
  if (parent?.app_id !== app.id) throw new SlackError('not_found');
  return showModal(core, app, user, given, parent);
}

function update({ core, app, args }: Call): View {
  const [id, external] = [textOf(args.view_id), textOf(args.external_id)];
  const shown = core.workspace.findView((view) =>
    id === undefined ? external !== undefined && view.external_id === external : view.id === id,
  );
  if (shown?.view.app_id !== app.id) throw new SlackError('not_found');
  const given = checkedView(args.view, shown.view.type);
  refuseStale(shown, args.hash);
  return updateView(core, shown, given);
}

function publish(call: Call): View {
  const { core, app, args } = call;
  if (app.manifest.features?.app_home?.home_tab_enabled !== true) throw new SlackError('not_enabled');
  const user = knownUser(call, args.user_id);
  const given = checkedView(args.view, 'home');
  refuseStale(core.workspace.homes.get(`${app.id}:${user.id}`), args.hash);
  return publishHome(core, app, user.id, given);
}

const answering = (act: (call: Call) => View): Pick<Method, 'tier' | 'run'> => ({
  tier: 4,
  run: (call) => ({ view: clone(act(call)) }),
});

export const viewMethods: Record<string, Method> = {
  'views.open': { args: 'view! trigger_id!', ...answering(open) },
  'views.push': { args: 'view! trigger_id!', ...answering(push) },
  'views.update': { args: 'view! view_id external_id hash', ...answering(update) },
  'views.publish': { args: 'view! user_id! hash', ...answering(publish) },
};
