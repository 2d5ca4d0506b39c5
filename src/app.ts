import { App, type Receiver } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Clock } from './calendar/clock.ts';
import { briefMessage, briefOutcome } from './brief/messages.ts';
import { bundleMessage, bundleOutcome } from './bundle/messages.ts';
import { absenceNotice, departureNotice } from './away/messages.ts';
import { leadCard } from './card/card.ts';
import { claimQuestion, claimRequest } from './claims/messages.ts';
import { Committer } from './db/committer.ts';
import type { Db } from './db/schema.ts';
import { digestMessage } from './digest/messages.ts';
import { probableDuplicate } from './duplicates/messages.ts';
import { flagSaved } from './feedback/messages.ts';
import { heldCard } from './gate/held-card.ts';
import { heldImport } from './gate/held-import.ts';
import { swapAsked, swapProposal } from './handover/messages.ts';
import { RosterCheck } from './away/roster-check.ts';
import { CatchUp } from './posts/catch-up.ts';
import { answerList } from './home/messages.ts';
import { importProgress, importRejected } from './imports/messages.ts';
import { ImportRunner } from './imports/runner.ts';
import { postCorrected, postWithdrawn, teachOffer } from './posts/messages.ts';
import { addedPersonCame, repeatedSignal } from './intake/messages.ts';
import { tick } from './jobs/tick.ts';
import { ladderNews, ladderReminder, ladderReport } from './ladder/messages.ts';
import { rendererOf } from './outbox/message.ts';
import { Outbox } from './outbox/outbox.ts';
import type { PlaybookError } from './playbook/parse.ts';
import type { Playbooks } from './playbook/playbooks.ts';
import { boltLogger } from './slack/bolt-logger.ts';
import { DatabaseHealth } from './db/health.ts';
import { Guard } from './slack/guard.ts';
import { Modals } from './slack/modals.ts';
import { slackReader } from './slack/reader.ts';
import { allListeners } from './listeners.ts';
import { note } from './slack/note.ts';
import { letErrorsReachTheReceiver, registerListeners } from './slack/register.ts';
import { notifyDeadMessage, notifyPlaybookMistake } from './team/notify.ts';
import { greetingMessage, marketingHello, setupDoneMessage } from './team/messages.ts';
import { stepSaved } from './reply/messages.ts';
import { closedUntold, leadClosed, leadReturned, toldSaved } from './resolution/messages.ts';
import { nudgeMessage, nudgeOutcome } from './nudge/messages.ts';
import { touchLogged } from './touch/messages.ts';
import { handedOver } from './routing/handed-over.ts';
import { waitingNews } from './routing/waiting-message.ts';
import type { WebhookSettings } from './webhooks/slack.ts';
import type { Work, Workspace } from './work.ts';

/** Every kind of message the app can send. */
export const messageTypes = [
  note,
  greetingMessage,
  setupDoneMessage,
  marketingHello,
  absenceNotice,
  departureNotice,
  leadCard,
  repeatedSignal,
  addedPersonCame,
  postCorrected,
  postWithdrawn,
  teachOffer,
  heldCard,
  heldImport,
  probableDuplicate,
  nudgeMessage,
  nudgeOutcome,
  bundleMessage,
  bundleOutcome,
  briefMessage,
  briefOutcome,
  answerList,
  touchLogged,
  handedOver,
  waitingNews,
  swapAsked,
  swapProposal,
  claimQuestion,
  claimRequest,
  ladderNews,
  ladderReminder,
  ladderReport,
  flagSaved,
  closedUntold,
  leadClosed,
  stepSaved,
  toldSaved,
  leadReturned,
  digestMessage,
  importProgress,
  importRejected,
];

export interface AppOptions {
  receiver: Receiver;
  /** From `slackClient`: without retries of its own. */
  slack: WebClient;
  db: Db;
  clock: Clock;
  /** Loaded. */
  playbooks: Playbooks;
  workspace: Workspace & { botId: string; botToken: string };
  /** Without them, only sources with a bearer token can be made. */
  webhooks?: WebhookSettings;
  log: Logger;
}

export interface SixthTouch {
  bolt: App;
  outbox: Outbox;
  health: DatabaseHealth;
  /** Knows what may have been missed in the lead channels, and reads it. */
  catchUp: CatchUp;
  /** Takes in the files that were started. */
  imports: ImportRunner;
  /** Knows what is still going on behind a form. */
  modals: Modals;
  /** Knows who of the rosters is there. */
  roster: RosterCheck;
  /** One transaction with one `now`, for what comes in beside Slack. */
  readonly transact: <T>(unit: (work: Work) => Promise<T>) => Promise<T>;
  /** Does everything that has fallen due by now. */
  tick(): Promise<void>;
  /** Tells the managers that the playbook file could not be used. */
  reportPlaybookMistake(error: PlaybookError): Promise<void>;
}

/** Wires everything, starts nothing. */
export function buildApp(options: AppOptions): SixthTouch {
  const { receiver, slack, db, clock, playbooks, workspace, log } = options;
  const { teamId, botUserId, url, botId, botToken } = workspace;
  const work = { db, playbooks, workspace: { teamId, botUserId, url } };
  const health = new DatabaseHealth();
  const committer = new Committer(db);
  const outbox = new Outbox({
    work,
    committer,
    health,
    clock,
    slack,
    types: messageTypes,
    log,
    onDead: notifyDeadMessage,
  });
  const guard = new Guard({
    work,
    committer,
    clock,
    log,
    health,
    committed: () => outbox.kick(),
    refused: (at) => catchUp.missed(at),
  });
  const catchUp = new CatchUp({ slack, guard, clock, log });
  const imports = new ImportRunner({ guard, clock, log });

  const bolt = new App({
    receiver,
    // One workspace, known since the start: no look-up for each event.
    authorize: ({ teamId: from }) =>
      from === undefined || from === teamId
        ? Promise.resolve({ botToken, botId, botUserId, teamId })
        : Promise.reject(new Error(`An event of another workspace: ${from}`)),
    // We keep our own state; Bolt's store would look each channel up and remember it.
    convoStore: false,
    clientOptions: {
      slackApiUrl: slack.slackApiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 10_000,
    },
    logger: boltLogger(log),
  });
  letErrorsReachTheReceiver(bolt);
  const reader = slackReader(slack, botToken);
  const modals = new Modals({ slack, reader, guard, log });
  const roster = new RosterCheck({ reader, guard, clock, log });
  registerListeners(
    bolt,
    allListeners(log, {
      webhooks: options.webhooks,
      importStarted: () => imports.start(),
      rosterChanged: () => roster.soon(),
    }),
    guard,
    modals,
    {
      render: rendererOf(messageTypes),
      invited: () => {
        // What was posted while the app was out of the channel has not been seen.
        catchUp.missed();
        void catchUp.run();
      },
    },
  );

  const reportPlaybookMistake = (error: PlaybookError): Promise<void> =>
    guard.transact((unit) => notifyPlaybookMistake(unit, error));
  return {
    bolt,
    outbox,
    health,
    catchUp,
    imports,
    modals,
    roster,
    transact: (unit) => guard.transact(unit),
    tick: async () => {
      await Promise.all([
        catchUp.run(),
        roster.run(),
        tick({ db, playbooks, guard, clock, log, imports, reportPlaybookMistake }),
      ]);
    },
    reportPlaybookMistake,
  };
}
