import type { OpenView } from '../types.ts';
import { SlackError, textOf } from '../values.ts';
import { checkedView, exchangeTrigger, publishHome, showModal, updateView } from '../views.ts';
import { knownUser, method } from './method.ts';

function refuseStale(shown: OpenView | undefined, hash: unknown): void {
  const isStale = shown !== undefined && textOf(hash) !== undefined && hash !== shown.view.hash;
  if (isStale) throw new SlackError('hash_conflict');
}

export const viewMethods = {
  'views.open': method(4, '', 'view! trigger_id!', ({ core, app, args }) => {
    const given = checkedView(args.view, 'modal');
    return { view: showModal(core, app, exchangeTrigger(core, app, args.trigger_id), given) };
  }),
  'views.push': method(4, '', 'view! trigger_id!', ({ core, app, args }) => {
    const given = checkedView(args.view, 'modal');
    const user = exchangeTrigger(core, app, args.trigger_id);
    const parent = core.workspace.topView(user)?.view;
    if (parent?.app_id !== app.id) throw new SlackError('not_found');
    return { view: showModal(core, app, user, given, parent) };
  }),
  'views.update': method(4, '', 'view! view_id! hash', ({ core, app, args }) => {
    const shown = core.workspace.findView(textOf(args.view_id) ?? '');
    if (shown?.view.app_id !== app.id) throw new SlackError('not_found');
    const given = checkedView(args.view, shown.view.type);
    refuseStale(shown, args.hash);
    return { view: updateView(core, shown, given) };
  }),
  'views.publish': method(4, '', 'view! user_id! hash', (call) => {
    const { core, app, args } = call;
    if (app.manifest.features?.app_home?.home_tab_enabled !== true) throw new SlackError('not_enabled');
    const user = knownUser(call, args.user_id);
    const given = checkedView(args.view, 'home');
    refuseStale(core.workspace.homes.get(`${app.id}:${user.id}`), args.hash);
    return { view: publishHome(core, app, user.id, given) };
  }),
};
