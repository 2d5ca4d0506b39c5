import { createHmac } from 'node:crypto';
import type { Answer, Parcel } from './deliver.ts';
import type { SandboxApp } from './types.ts';
import { fieldsOf } from './values.ts';

/**
 * Delivers by HTTP as Slack does without Socket Mode: signed, form-encoded except for events. The timestamp is real
 * time, whatever the sandbox clock says, because receivers compare it with their own.
 */
export async function sendByHttp(
  app: SandboxApp,
  { kind, body, retry }: Parcel,
  timeoutMs: number,
): Promise<Omit<Answer, 'ms'>> {
  const form = 'application/x-www-form-urlencoded';
  const [contentType, text] =
    kind === 'events_api'
      ? ['application/json', JSON.stringify(body)]
      : kind === 'interactive'
        ? [form, new URLSearchParams({ payload: JSON.stringify(body) }).toString()]
        : [form, new URLSearchParams(body as Record<string, string>).toString()];
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hash = createHmac('sha256', app.signingSecret).update(`v0:${timestamp}:${text}`).digest('hex');
  try {
    const response = await fetch(app.requestUrl ?? '', {
      method: 'POST',
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${hash}`,
        ...(retry === undefined
          ? {}
          : { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason }),
      },
      body: text,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = await response.text();
    if (!response.ok) return { acked: false, response: {}, reason: 'http_error' };
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      acked: true,
      response: isJson ? fieldsOf(JSON.parse(answer)) : answer === '' ? {} : { text: answer },
    };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError';
    return { acked: false, response: {}, reason: isTimeout ? 'http_timeout' : 'connection_failed' };
  }
}
