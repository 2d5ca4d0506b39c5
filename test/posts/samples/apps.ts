import type { Sample } from './sample.ts';
import { botPost, classicPost, draft, grid, header, section } from './sample.ts';

export const appSamples: Sample[] = [
  {
    name: 'blocks: a header, a grid of fields with the label above the value, a context line',
    post: botPost('Form Relay', {
      text: 'New submission',
      blocks: [
        header('📩 New submission'),
        grid(
          '*Name:*\nKatherine Johnson',
          '*Email:*\n<mailto:kj@orbit.example|kj@orbit.example>',
          '*Company:*\nOrbit Ltd',
        ),
        section('*Message:*\n> Please send a quote\n> for two seats'),
        { type: 'context', elements: [{ type: 'mrkdwn', text: 'Form: *Contact sales* · 22 Nov' }] },
      ],
    }),
    draft: draft({
      name: 'Katherine Johnson',
      email: 'kj@orbit.example',
      account: 'Orbit Ltd',
      source: 'Form Relay: Contact sales · 22 Nov',
      form: 'Contact sales · 22 Nov',
      message: 'Please send a quote\nfor two seats',
    }),
  },
  {
    name: 'Typeform: questions in bold, answers below, an unanswered one left out',
    post: botPost('Typeform', {
      text: 'New response to *Product tour*',
      attachments: [
        {
          text:
            "*What's your first name?*\nDorothy\n*What's your last name?*\nVaughan\n*What is your work email?*\n<mailto:dv@west.example|dv@west.example>\n" +
            '*What company do you work for?*\nWest Computing, Inc.\n*How many people are in your team?*\n25\n*What is your phone number?*\n-\n*Anything else?*\nWe start in May: is that fine?',
        },
      ],
    }),
    draft: draft({
      name: 'Dorothy Vaughan',
      email: 'dv@west.example',
      account: 'West Computing, Inc.',
      source: 'Typeform: Product tour',
      form: 'Product tour',
      details: [{ label: 'How many people are in your team?', value: '25' }],
      message: 'We start in May: is that fine?',
    }),
  },
  {
    name: 'plain questions and answers without any marks',
    post: botPost('Tally', {
      text: 'Email address\ngene@cards.example\n\nFull name\nGene Amdahl\n\nMessage\nHow fast can it be?\nReally?',
    }),
    draft: draft({
      name: 'Gene Amdahl',
      email: 'gene@cards.example',
      source: 'Tally',
      message: 'How fast can it be?\nReally?',
    }),
  },
  {
    name: 'Webflow: attachment fields, numbered names, snake case',
    post: classicPost('Webflow', {
      attachments: [
        {
          title: 'New form submission: Pricing enquiry',
          fields: [
            { title: 'Name-2', value: 'Mary Jackson', short: true },
            { title: 'Email-2', value: '<mailto:MARY@tunnel.example|MARY@tunnel.example>', short: true },
            { title: 'company_name', value: 'Wind &amp; Tunnel', short: true },
            { title: 'utm_source', value: 'newsletter' },
            { title: 'Message', value: 'Name: not me\nEmail: nobody@else.example' },
          ],
          fallback: 'New form submission',
        },
      ],
    }),
    draft: draft({
      name: 'Mary Jackson',
      email: 'mary@tunnel.example',
      account: 'Wind & Tunnel',
      source: 'newsletter',
      form: 'Pricing enquiry',
      message: 'Name: not me\nEmail: nobody@else.example',
    }),
  },
  {
    name: 'a whole lead on one labelled line, Windows line ends around it',
    post: botPost('incoming-webhook', {
      text: 'Website form\r\nName: Edsger Dijkstra | Email: <mailto:ewd@path.example|ewd@path.example> | Company: Shortest Path BV\r\n',
    }),
    draft: draft({
      name: 'Edsger Dijkstra',
      email: 'ewd@path.example',
      account: 'Shortest Path BV',
    }),
  },
  {
    name: 'a booking: the invitee is the lead, the host is not',
    post: botPost('Calendly', {
      text: 'A new event has been scheduled.',
      attachments: [
        {
          fields: [
            { title: 'Event Type', value: '30 Minute Demo' },
            { title: 'Host', value: 'rep@ours.example' },
            { title: 'Invitee', value: 'Frances Allen' },
            { title: 'Invitee Email', value: 'fran@compile.example' },
          ],
        },
      ],
    }),
    draft: draft({
      name: 'Frances Allen',
      email: 'fran@compile.example',
      source: 'Calendly: 30 Minute Demo',
      form: '30 Minute Demo',
    }),
  },
  {
    name: 'only a phone number; a number that cannot be placed stays as written',
    post: botPost('Hotline', { text: 'Caller: unknown\nPhone: 0451 / 99 88 77' }),
    draft: draft({
      phone: '0451 / 99 88 77',
      source: 'Hotline',
    }),
  },
];
