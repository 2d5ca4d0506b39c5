import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { SandboxApp, SandboxSeed } from '../sandbox/index.ts';

/** The people of the demo, by name. */
export const people = {
  alice: 'U0ALICE',
  bob: 'U0BOB',
  carol: 'U0CAROL',
  mona: 'U0MONA',
  max: 'U0MAX',
} as const;
export const channels = { leads: 'C0LEADS', sales: 'C0SALES', marketing: 'C0MARKETING' } as const;
export const botUserId = 'U0SIXTH';

export const productApp: Omit<SandboxApp, 'manifest'> = {
  id: 'A0SIXTH',
  name: 'Sixth Touch',
  botUserId,
  botId: 'B0SIXTH',
  botToken: 'xoxb-sixth-touch-sandbox',
  appToken: 'xapp-sixth-touch-sandbox',
  signingSecret: '5ec2e75ec2e75ec2e75ec2e75ec2e75e',
};

/** A sales team's workspace: three reps, a manager, a marketer, three channels. The app is not in any of them yet. */
export function demoWorkspace(zone: string, moreApps: readonly SandboxApp[] = []): SandboxSeed {
  const person = (id: string, name: string, realName: string, isAdmin = false) => ({
    id,
    name,
    real_name: realName,
    tz: zone,
    email: `${name}@acme.example`,
    is_admin: isAdmin,
  });
  const everyone = Object.values(people);
  return {
    team: { id: 'T0ACME', name: 'Acme Sales', domain: 'acme-sales' },
    users: [
      person(people.alice, 'alice', 'Alice Adams'),
      person(people.bob, 'bob', 'Bob Brown'),
      person(people.carol, 'carol', 'Carol Chen'),
      person(people.mona, 'mona', 'Mona Meyer', true),
      person(people.max, 'max', 'Max Novak'),
    ],
    channels: [
      { id: channels.leads, name: 'leads-inbound', members: everyone },
      { id: channels.sales, name: 'sales', members: everyone },
      { id: channels.marketing, name: 'marketing', members: [people.max, people.mona] },
    ],
    apps: [{ ...productApp, manifest: readManifest() }, ...moreApps],
  };
}

/** The manifest that also creates the real app: the sandbox knows no other scopes, commands and events. */
function readManifest(): SandboxApp['manifest'] {
  return parse(
    readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'),
  ) as SandboxApp['manifest'];
}
