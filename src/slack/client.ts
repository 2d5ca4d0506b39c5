import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Workspace } from '../work.ts';
import { boltLogger } from './bolt-logger.ts';

/**
 * The client the outbox sends with. Its own retries (ten, over half an hour, without looking) would post twice, so
 * it has none; the outbox knows better.
 */
export function slackClient(
  botToken: string,
  slackApiUrl: string | undefined,
  log: Logger,
  timeoutMs = 10_000,
): WebClient {
  return new WebClient(botToken, {
    ...(slackApiUrl !== undefined && { slackApiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    logger: boltLogger(log),
  });
}

/** Who we are in Slack. @throws what the Slack client throws, for instance on a wrong token */
export async function whoAmI(slack: WebClient): Promise<Workspace & { botId: string }> {
  const { team_id: teamId, user_id: botUserId, url, bot_id: botId } = await slack.auth.test();
  if (!teamId || !botUserId || !url || !botId) {
    throw new Error('The token belongs to a person, not to a bot: use the "Bot User OAuth Token".');
  }
  return { teamId, botUserId, url, botId };
}
