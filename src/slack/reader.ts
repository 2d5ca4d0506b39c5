import type { WebClient } from '@slack/web-api';
import { Refusal } from '../errors.ts';
import { failureOf } from '../outbox/outcome.ts';
import type { SlackReader } from './listener.ts';
import { parseUserChange } from './payload.ts';

/** Reads for forms, with the client that never tries twice. @param token opens files, which no Web API method serves */
export function slackReader(slack: WebClient, token: string): SlackReader {
  return {
    async history(channelId, { limit, latest }) {
      try {
        const page = { channel: channelId, limit, ...(latest !== undefined && { latest, inclusive: true }) };
        const { messages } = await slack.conversations.history(page);
        return (messages ?? []) as Record<string, unknown>[];
      } catch (error) {
        if (failureOf(error).kind !== 'refused')
          throw new Refusal('Slack did not answer. Please try again in a minute.');
        throw new Refusal(
          `I could not read <#${channelId}>. Is the app a member there? Type \`/invite\` in the channel, then try again.`,
        );
      }
    },

    async person(userId) {
      try {
        const { user } = await slack.users.info({ user: userId });
        return user && parseUserChange({ user });
      } catch (error) {
        if (failureOf(error).kind === 'refused') return undefined;
        throw error;
      }
    },

    async download(fileId, mostBytes) {
      const gone = new Refusal('I could not get the file from Slack. Please choose it once more.');
      const file = await slack.files.info({ file: fileId }).then(
        (answer) => answer.file,
        () => undefined,
      );
      if (file?.url_private_download === undefined) throw gone;
      if ((file.size ?? 0) > mostBytes) throw tooLarge(mostBytes);
      if (!isSlacks(file.url_private_download, slack.slackApiUrl)) throw gone;
      const bytes = await fetchFile(file.url_private_download, token, mostBytes).catch(() => undefined);
      if (bytes === undefined) throw gone;
      if (bytes.length > mostBytes) throw tooLarge(mostBytes);
      return { name: file.name ?? 'file', bytes };
    },
  };
}

function tooLarge(mostBytes: number): Refusal {
  return new Refusal(
    `This file is larger than ${Math.floor(mostBytes / 1_000_000)} MB. Split it and import the parts one after the other.`,
  );
}

/** The token goes to Slack alone, or to the server that stands in for it. */
function isSlacks(address: string, apiUrl: string | undefined): boolean {
  const { protocol, hostname, host } = new URL(address);
  if (apiUrl !== undefined && host === new URL(apiUrl).host) return true;
  return protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com'));
}

/** Undefined where Slack answers anything but the file; it shows a login page to a token without `files:read`. */
async function fetchFile(url: string, token: string, mostBytes: number): Promise<Buffer | undefined> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(60_000),
  });
  const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
  if (!response.ok || isPage) return undefined;
  // An empty file is no file that is gone.
  if (!response.body) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    parts.push(part);
    length += part.length;
    if (length > mostBytes) break;
  }
  return Buffer.concat(parts);
}
