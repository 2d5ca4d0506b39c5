import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { leadChannel, ownerOf, workspace } from './seed.ts';

export const signingSecret = '0123456789abcdef0123456789abcdef';

export interface LoadResult {
  /** One for each click, in milliseconds. */
  taken: number[];
  perSecond: number;
}

interface SignedRequest {
  body: string;
  headers: Record<string, string>;
}

/**
 * Sends clicks as Slack does, over some kept-alive connections; each waits for its answer before it sends the next.
 * @throws when one of them is not acknowledged with 200
 */
export async function sendClicks(
  port: number,
  leadIds: readonly number[],
  connections: number,
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const signed = leadIds.map(signedClick);
  const taken: number[] = [];
  const start = performance.now();
  let next = 0;
  const connection = async (): Promise<void> => {
    for (let click = signed[next++]; click; click = signed[next++]) {
      const sent = performance.now();
      await send(agent, port, click);
      taken.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  return { taken, perSecond: leadIds.length / seconds };
}

function send(agent: Agent, port: number, { body, headers }: SignedRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { agent, host: '127.0.0.1', port, path: '/slack/events', method: 'POST', headers };
    const outgoing = request(options, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`A click was answered with ${response.statusCode}.`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function signedClick(leadId: number): SignedRequest {
  const body = new URLSearchParams({ payload: JSON.stringify(clickPayload(leadId)) }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body)),
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${mac}`,
    },
  };
}

/** "Left voicemail" on the card of a lead, by the rep who has it. */
function clickPayload(leadId: number): object {
  const ts = `1700000000.${String(leadId).padStart(6, '0')}`;
  const button = (kind: string): object => ({
    type: 'button',
    action_id: `touch:${kind}`,
    text: { type: 'plain_text', text: kind, emoji: true },
    value: String(leadId),
  });
  return {
    type: 'block_actions',
    user: { id: ownerOf(leadId), username: 'rep', name: 'rep', team_id: workspace.teamId },
    api_app_id: 'A0BENCH',
    token: 'verification-token',
    container: { type: 'message', message_ts: ts, channel_id: leadChannel, is_ephemeral: false },
    trigger_id: `1.2.${leadId}`,
    team: { id: workspace.teamId, domain: 'bench' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: leadChannel, name: 'leads' },
    message: {
      user: workspace.botUserId,
      type: 'message',
      ts,
      text: 'Lead: Ada Lovelace, Analytical Engines.',
      team: workspace.teamId,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: '*Ada Lovelace* · Analytical Engines' } },
        { type: 'actions', block_id: 'touches', elements: ['no_answer', 'voicemail', 'email'].map(button) },
      ],
    },
    state: { values: {} },
    response_url: `https://hooks.slack.com/actions/${workspace.teamId}/${leadId}/secret`,
    actions: [
      {
        ...button('voicemail'),
        block_id: 'touches',
        action_ts: ts,
      },
    ],
  };
}
