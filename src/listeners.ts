import type { Logger } from 'pino';
import { rosterChanged } from './away/departure.ts';
import { awayListeners } from './away/slack.ts';
import { byHandListeners } from './byhand/slack.ts';
import { cardListeners } from './card/slack.ts';
import { duplicateListeners } from './duplicates/slack.ts';
import { feedbackListeners } from './feedback/slack.ts';
import { gateListeners } from './gate/slack.ts';
import { handoverListeners } from './handover/slack.ts';
import { leadsListeners } from './home/leads-command.ts';
import { homeListeners } from './home/slack.ts';
import { importListeners } from './imports/slack.ts';
import { nudgeListeners } from './nudge/slack.ts';
import { peopleListeners } from './people/slack.ts';
import { postListeners } from './posts/slack.ts';
import { preferenceListeners } from './preference/slack.ts';
import { replyListeners } from './reply/slack.ts';
import { resolutionListeners } from './resolution/slack.ts';
import { routeWaiting } from './routing/routing.ts';
import { routingListeners } from './routing/slack.ts';
import { standupListeners } from './standup/slack.ts';
import { storyListeners } from './story/slack.ts';
import { teamListeners } from './team/slack.ts';
import { templateListeners } from './template/slack.ts';
import { touchListeners } from './touch/slack.ts';
import { webhookListeners, type WebhookSettings, withoutKey } from './webhooks/slack.ts';
import type { Listener } from './slack/listener.ts';
import type { Team } from './team/team.ts';
import type { Work } from './work.ts';

export interface ListenerOptions {
  webhooks?: WebhookSettings;
  importStarted?: () => void;
  /** A team has been set up or has other people now: called in that transaction. */
  rosterChanged?: () => void;
}

/** Everything the app listens to. `manifest.yml` asks Slack for exactly this; a test holds the two together. */
export function allListeners(log: Logger, options: ListenerOptions = {}): readonly Listener[] {
  const { webhooks = withoutKey, importStarted = () => undefined } = options;
  const changed = async (work: Work, before: Team | undefined, team: Team): Promise<void> => {
    if (before) await rosterChanged(work, before, team);
    options.rosterChanged?.();
  };
  return [
    ...teamListeners(routeWaiting, changed),
    ...postListeners(log),
    ...byHandListeners,
    ...importListeners(importStarted),
    ...routingListeners,
    ...cardListeners,
    ...handoverListeners,
    ...touchListeners,
    ...templateListeners,
    ...peopleListeners,
    ...nudgeListeners,
    ...feedbackListeners,
    ...resolutionListeners,
    ...replyListeners,
    ...gateListeners,
    ...duplicateListeners,
    ...standupListeners,
    ...storyListeners,
    ...leadsListeners,
    ...awayListeners,
    ...homeListeners,
    ...preferenceListeners,
    ...webhookListeners(webhooks),
  ];
}
