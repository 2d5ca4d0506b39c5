import type { Logger } from 'pino';
import { feedbackListeners } from './feedback/slack.ts';
import { leadsListeners } from './home/leads-command.ts';
import { intakeListeners } from './intake/slack.ts';
import { resolutionListeners } from './resolution/slack.ts';
import { routingListeners } from './routing/slack.ts';
import { standupListeners } from './standup/slack.ts';
import { teamListeners } from './team/slack.ts';
import { touchListeners } from './touch/slack.ts';
import type { Listener } from './slack/listener.ts';

/** Everything the app listens to. `manifest.yml` asks Slack for exactly this; a test holds the two together. */
export function allListeners(log: Logger): readonly Listener[] {
  return [
    ...teamListeners,
    ...intakeListeners(log),
    ...routingListeners,
    ...touchListeners,
    ...feedbackListeners,
    ...resolutionListeners,
    ...standupListeners,
    ...leadsListeners,
  ];
}
