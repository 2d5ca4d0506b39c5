import type { Sample } from './sample.ts';
import { botPost, classicPost, draft } from './sample.ts';

export const proseSamples: Sample[] = [
  {
    name: 'Zapier: name, address, account and webinar in one sentence',
    post: botPost('Zapier', {
      text: 'New signup from Ada Lovelace <mailto:ada@x.example|ada@x.example> at Analytical Engines via Webinar',
    }),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@x.example',
      account: 'Analytical Engines',
      source: 'Zapier: Webinar',
      form: 'Webinar',
    }),
  },
  {
    name: 'Zapier: the account before the address, in brackets',
    post: botPost('Zapier', {
      text: ':tada: Charles Babbage from Difference Works (<mailto:cb@difference.example|cb@difference.example>) just requested a demo!',
    }),
    draft: draft({
      name: 'Charles Babbage',
      email: 'cb@difference.example',
      account: 'Difference Works',
      source: 'Zapier: requested a demo',
    }),
  },
  {
    name: 'Zapier: only the address is clear',
    post: botPost('Zapier', {
      text: '<mailto:anon@stack.example|anon@stack.example> downloaded the whitepaper',
    }),
    draft: draft({ email: 'anon@stack.example', source: 'Zapier: downloaded the whitepaper' }),
  },
  {
    name: 'German prose with a particle in the name',
    post: botPost('Make', {
      text: 'Neue Anfrage von Alexander von Humboldt <mailto:avh@kosmos.example|avh@kosmos.example> bei Kosmos AG über das Kontaktformular',
    }),
    draft: draft({
      name: 'Alexander von Humboldt',
      email: 'avh@kosmos.example',
      account: 'Kosmos AG',
      source: 'Make: Kontaktformular',
      form: 'Kontaktformular',
    }),
  },
  {
    name: 'prose with the message behind a colon and on the next line',
    post: classicPost('Contact Bot', {
      text: 'New message from Lise Meitner (<mailto:lise@fission.example|lise@fission.example>): Hello there,\ncan we talk?',
    }),
    draft: draft({
      name: 'Lise Meitner',
      email: 'lise@fission.example',
      source: 'Contact Bot',
      message: 'Hello there,\ncan we talk?',
    }),
  },
  {
    name: 'prose that names the assigned colleague first',
    post: botPost('Router', {
      text: 'New lead assigned to <mailto:rep@ours.example|rep@ours.example>\nEmmy Noether &lt;emmy@ring.example&gt; signed up',
    }),
    draft: draft({ name: 'Emmy Noether', email: 'emmy@ring.example', source: 'Router: signed up' }),
  },
  {
    name: 'an app that writes the same list as a colleague',
    post: botPost('Zapier', {
      text: 'New lead: Ida Rhodes, ida@calendar-math.example, Calendar Math Inc, demo request',
    }),
    draft: draft({
      name: 'Ida Rhodes',
      email: 'ida@calendar-math.example',
      account: 'Calendar Math Inc',
      source: 'Zapier: demo request',
    }),
  },
  {
    name: 'a label we do not know holds the only address',
    post: botPost('Billing', {
      text: 'New trial\nWorkspace: Turing Labs\nAdmin user: alan@turinglabs.example',
    }),
    draft: draft({
      email: 'alan@turinglabs.example',
      source: 'Billing: trial',
      form: 'trial',
      details: [{ label: 'Workspace', value: 'Turing Labs' }],
    }),
  },
  {
    name: 'a missed call with a country code',
    post: botPost('Phone', { text: 'Missed call from +49 30 901820, prospect left no message' }),
    draft: draft({ phone: '+4930901820', source: 'Phone' }),
  },
  {
    name: 'the name in the headline, labelled fields below',
    post: botPost('Ads', {
      text: 'New Lead: Ada Lovelace\nEmail: ada@x.example\nphone_number: p:+12025550123',
    }),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@x.example',
      phone: '+12025550123',
      source: 'Ads',
    }),
  },
];
