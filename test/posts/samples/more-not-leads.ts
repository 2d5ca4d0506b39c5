import type { Sample } from './sample.ts';
import { botPost, classicPost, grid, header, personPost, section } from './sample.ts';

const mails = (many: number): string =>
  Array.from({ length: many }, (_, index) => `person${index}@company${index}.example`).join(', ');

const posts: Omit<Sample, 'draft'>[] = [
  { name: 'two hundred addresses', post: botPost('Export', { text: `New leads: ${mails(200)}` }) },
  {
    name: 'two hundred addresses in a labelled field',
    post: botPost('Form', { text: `Name: Ada Lovelace\nEmail: ${mails(200)}` }),
  },
  {
    name: 'a thread of mails that a colleague pasted',
    post: personPost(`New lead: see below\nFrom: a@x.example\nTo: b@y.example\nCc: c@z.example, d@w.example`),
  },
  {
    name: 'a digest of the week',
    post: botPost('HubSpot', {
      text: 'Weekly report: 12 new contacts',
      attachments: [
        {
          fields: [
            { title: 'Contacts', value: '12' },
            { title: 'Deals', value: '3' },
          ],
        },
      ],
    }),
  },
  {
    name: 'a mention of a colleague by an app',
    post: botPost('Notion', { text: 'bob@ours.example mentioned you in Roadmap' }),
  },
  {
    name: 'an error of an integration with the address it failed for',
    post: classicPost('Zapier', { text: 'Your Zap failed: could not create contact for ada@x.example' }),
  },
  {
    name: 'a calendar entry with attendees in fields',
    post: botPost('Outlook Calendar', {
      blocks: [header('Pipeline review'), grid('*Attendees*\nbob@ours.example', '*When*\nMonday')],
    }),
  },
  {
    name: 'a reminder of Slackbot',
    post: botPost('slackbot', { text: 'Reminder: mail ada@analytical.example the offer.' }),
  },
  {
    name: 'a form of which only the consent was filled in',
    post: botPost('Form', { text: 'Name: \nEmail: n/a\nPhone: -\nConsent: yes' }),
  },
  {
    name: 'a mail address that is none',
    post: botPost('Form', { text: 'Name: Ada Lovelace\nEmail: ada at analytical dot example' }),
  },
  {
    name: 'a colleague answers another one',
    post: personPost('<@U1> her name is Ada Lovelace and it is ada@analytical.example, I think'),
  },
  {
    name: 'a colleague shares a link with a label',
    post: personPost('Source: <https://news.example/a|the news>\nTitle: Leads are gold'),
  },
  {
    name: 'a poll',
    post: botPost('Polly', { text: 'Poll: lunch on Friday?', blocks: [section('*1.* Pizza\n*2.* Soup')] }),
  },
  { name: 'a renamed channel', post: { ...personPost('renamed to leads'), subtype: 'channel_name' } },
  {
    name: 'a deleted post',
    post: { ...personPost('New lead: Ada, ada@x.example'), subtype: 'message_deleted' },
  },
  {
    name: 'a booking that was cancelled',
    post: botPost('Calendly', {
      text: 'Ada Lovelace canceled: 30 Minute Demo\nInvitee Email: ada@x.example',
    }),
  },
  {
    name: 'a visit of a company, without a person',
    post: botPost('Leadfeeder', {
      text: 'New visit from *Analytical Engines* (engines.example), 5 pages viewed',
    }),
  },
  {
    name: 'a ticket with the address behind a name',
    post: botPost('Zendesk', { text: 'New ticket from Ada Lovelace &lt;ada@x.example&gt;' }),
  },
  {
    name: 'JSON without anybody to reach',
    post: botPost('Zapier', { text: '{"name":"Ada Lovelace","score":97}' }),
  },
  {
    name: 'a booking that names both sides in one field: which is the prospect?',
    post: botPost('Cal.com', {
      text: 'New booking: 30 min\nWho: Bob Brown (bob@ours.example), Ada Lovelace (ada@x.example)',
    }),
  },
  {
    name: 'a sign-in code',
    post: botPost('Auth', { text: 'Verification code 123456 was sent to ada@x.example' }),
  },
];

export const moreNotLeads: Sample[] = posts.map((sample) => ({ ...sample, draft: null }));
