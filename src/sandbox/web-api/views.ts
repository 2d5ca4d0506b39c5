import { SlackError } from '../errors.ts';
import { publicView } from '../payloads.ts';
import type { View } from '../types.ts';
import { textOf } from '../values.ts';
import {
  checkedView,
  exchangeTrigger,
  ownerOf,
  publishHome,
  showModal,
  updateView,
  viewByExternalId,
} from '../views.ts';
import { knownUser, required, type Call, type Method } from './method.ts';

function refuseStale(view: View | undefined, hash: unknown): void {
  if (view !== undefined && textOf(hash) !== undefined && hash !== view.hash)
    throw new SlackError('hash_conflict');
}

function push(call: Call): View {
  const { core, app, args } = call;
  const given = checkedView(args.view, 'modal');
  const user = exchangeTrigger(core, app, required(args, 'trigger_id'));
  const parent = core.workspace.topView(user);
  if (parent === undefined || parent.app_id !== app.id) throw new SlackError('not_found');
  return showModal(core, app, user, given, parent);
}

function update(call: Call): View {
  const { core, app, args } = call;
  const id = textOf(args.view_id);
  const view =
    id === undefined ? viewByExternalId(core, required(args, 'external_id')) : core.workspace.views.get(id);
  if (view === undefined || view.app_id !== app.id) throw new SlackError('not_found');
  const given = checkedView(args.view, view.type);
  refuseStale(view, args.hash);
  updateView(core, view, given);
  core.workspace.viewErrors.delete(view.id);
  core.workspace.changed({ type: view.type === 'home' ? 'home' : 'view', user: ownerOf(core, view) ?? '' });
  return view;
}

export const viewMethods: Record<string, Method> = {
  'views.open': {
    run: ({ core, app, args }) => {
      const given = checkedView(args.view, 'modal');
      const user = exchangeTrigger(core, app, required(args, 'trigger_id'));
      return { view: publicView(showModal(core, app, user, given)) };
    },
  },
  'views.push': { run: (call) => ({ view: publicView(push(call)) }) },
  'views.update': { run: (call) => ({ view: publicView(update(call)) }) },
  'views.publish': {
    run: (call) => {
      const { core, app, args } = call;
      if (app.manifest.features?.app_home?.home_tab_enabled !== true) throw new SlackError('not_enabled');
      const user = knownUser(call, required(args, 'user_id'));
      const given = checkedView(args.view, 'home');
      refuseStale(
        core.workspace.views.get(core.workspace.homes.get(`${app.id}:${user.id}`) ?? ''),
        args.hash,
      );
      return { view: publicView(publishHome(core, app, user.id, given)) };
    },
  },
};
