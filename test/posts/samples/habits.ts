import type { Sample } from './sample.ts';
import { botPost, draft, grid, personPost } from './sample.ts';

/** How people and templates put a name, an address and a wish into a few words. */
export const habitSamples: Sample[] = [
  {
    name: 'who filled out the form, from which company, the address in the attachment',
    post: botPost('Pipedrive', {
      text: 'Ada Lovelace from Engines filled out your web form',
      attachments: [{ text: 'ada@x.example | +1 202 555 0147' }],
    }),
    draft: draft({ name: 'Ada Lovelace', email: 'ada@x.example', source: 'Pipedrive' }),
  },
  {
    name: 'who wants what first, how to reach them last',
    post: botPost('Make', {
      text: 'Ada Lovelace wants a demo! Reach her at <mailto:ada@x.example|ada@x.example>',
    }),
    draft: draft({ name: 'Ada Lovelace', email: 'ada@x.example', source: 'Make: wants a demo' }),
  },
  {
    name: 'the message below a line that ends with a colon',
    post: botPost('Website', {
      text: 'Contact request from Ada Lovelace <mailto:ada@x.example|ada@x.example>:\n\nHello, I need help: now.\n\nThanks, Ada',
    }),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@x.example',
      source: 'Website',
      message: 'Hello, I need help: now.\n\nThanks, Ada',
    }),
  },
  {
    name: 'name and address as a quote, a line each',
    post: botPost('Landing', {
      text: '*New lead* :tada:\n&gt;*Ada Lovelace*\n&gt;ada@x.example\n&gt;Engines',
    }),
    draft: draft({ name: 'Ada Lovelace', email: 'ada@x.example', source: 'Landing' }),
  },
  {
    name: 'a grid with label and value on one line, one of them unknown',
    post: botPost('Site', {
      blocks: [grid('*Name*: Ada Lovelace', '*Email*: ada@x.example', '*Plan*: Pro')],
    }),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@x.example',
      source: 'Site',
      details: [{ label: 'Plan', value: 'Pro' }],
    }),
  },
  {
    name: 'only a fallback, everything in one line',
    post: botPost('Site', {
      attachments: [{ fallback: 'Name: Ada Lovelace, Email: ada@x.example, Company: Engines, Inc.' }],
    }),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@x.example',
      account: 'Engines, Inc.',
      source: 'Site',
    }),
  },
  {
    name: 'machine names with "work" in them, a question with underscores',
    post: botPost('Meta', {
      text: 'full_name: Ada Lovelace\nwork_phone_number: +12025550147\nwork_email: ada@x.example\njob_title: CTO\nare_you_interested_in_a_demo?: yes',
    }),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@x.example',
      phone: '+12025550147',
      title: 'CTO',
      source: 'Meta',
      details: [{ label: 'are_you_interested_in_a_demo?', value: 'yes' }],
    }),
  },
  {
    name: 'the last name first, a quoted name before the address',
    post: botPost('Form', {
      text: 'Full name: Lovelace, Ada\nEmail: "Ada Lovelace" &lt;ada@x.example&gt;\nPhone: none',
    }),
    draft: draft({ name: 'Lovelace, Ada', email: 'ada@x.example', source: 'Form' }),
  },
  {
    name: 'joy as an emoji instead of a colon',
    post: personPost('new lead :tada: Ada Lovelace, ada@x.example, Engines, she asked for pricing'),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@x.example',
      account: 'Engines',
      source: 'she asked for pricing',
    }),
  },
  {
    name: 'for a colleague',
    post: personPost('New lead for <@U0BOB>: Ada Lovelace, ada@x.example'),
    draft: draft({ name: 'Ada Lovelace', email: 'ada@x.example' }),
  },
  {
    name: 'no mark at all between name and address',
    post: personPost('New lead Ada Lovelace ada@x.example'),
    draft: draft({ name: 'Ada Lovelace', email: 'ada@x.example' }),
  },
  {
    name: 'the job behind the account, a platform they came through',
    post: personPost('Hot lead: Ada Lovelace | Engines | CEO | ada@x.example | via LinkedIn'),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@x.example',
      account: 'Engines',
      title: 'CEO',
      source: 'LinkedIn',
    }),
  },
  {
    name: 'the job between name and account',
    post: personPost('New lead: Ada Lovelace, Head of Sales, Engines, ada@x.example, webinar'),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@x.example',
      account: 'Engines',
      title: 'Head of Sales',
      source: 'webinar',
    }),
  },
  {
    name: 'French, as a colleague types it',
    post: personPost('Nouveau lead : Émilie du Châtelet, emilie@x.example, Énergie SAS, salon'),
    draft: draft({
      name: 'Émilie du Châtelet',
      email: 'emilie@x.example',
      account: 'Énergie SAS',
      source: 'salon',
    }),
  },
  {
    name: 'nothing but an address',
    post: personPost('New lead: <mailto:ada@x.example|ada@x.example>'),
    draft: draft({ email: 'ada@x.example' }),
  },
];
