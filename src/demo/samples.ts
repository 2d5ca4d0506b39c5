import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Sandbox } from '../sandbox/index.ts';
import { channels } from './workspace.ts';

const sample = z.object({
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  phone: z.string(),
  company: z.string(),
  title: z.string(),
  form: z.string(),
  message: z.string(),
});
export type SampleLead = z.infer<typeof sample>;

/** Invented people with example addresses, from `data/samples`. */
export function sampleLeads(): SampleLead[] {
  const file = readFileSync(new URL('../../data/samples/leads.json', import.meta.url), 'utf8');
  return z.array(sample).parse(JSON.parse(file));
}

/** Posts a lead into the lead channel the way HubSpot does. */
export function postFromHubSpot(sandbox: Sandbox, lead: SampleLead): void {
  const fields: [string, string][] = [
    ['First Name', lead.firstName],
    ['Last Name', lead.lastName],
    ['Email', `<mailto:${lead.email}|${lead.email}>`],
    ['Phone', lead.phone],
    ['Company', lead.company],
    ['Job title', lead.title],
    ['Form', lead.form],
    ['Message', lead.message],
  ];
  const text = fields
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `*${label}*: ${value}`)
    .join('\n');
  sandbox.botMessage({
    channel: channels.leads,
    username: 'HubSpot',
    attachments: [{ fallback: text, text, color: '#ff7a59', mrkdwn_in: ['text'] }],
  });
}
