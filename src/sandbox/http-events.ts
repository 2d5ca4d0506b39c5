import { createHmac } from 'node:crypto';
import { unanswered, type Parcel, type Reaction } from './parcel.ts';
import type { SandboxApp } from './types.ts';
import { fieldsOf } from './values.ts';

/**
 * Delivers by HTTP as Slack does without Socket Mode: signed, form-encoded except for events. The timestamp is real
 * time, whatever the sandbox clock says, because receivers compare it with their own.
 */
export async function sendByHttp(app: SandboxApp, parcel: Parcel, timeoutMs: number): Promise<Reaction> {
  const { kind, body, retry } = parcel;
  const json = JSON.stringify(body);
  const form = kind === 'interactive' ? { payload: json } : (body as Record<string, string>);
  const text = kind === 'events_api' ? json : new URLSearchParams(form).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hash = createHmac('sha256', app.signingSecret).update(`v0:${timestamp}:${text}`).digest('hex');
  try {
    const response = await fetch(app.requestUrl ?? '', {
      method: 'POST',
      headers: {
        'content-type': kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${hash}`,
        ...(retry && { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason }),
      },
      body: text,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = await response.text();
    if (!response.ok) return unanswered('http_error');
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const said = answer === '' ? {} : isJson ? fieldsOf(JSON.parse(answer)) : { text: answer };
    return { acked: true, response: said };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError';
    return unanswered(isTimeout ? 'http_timeout' : 'connection_failed');
  }
}
