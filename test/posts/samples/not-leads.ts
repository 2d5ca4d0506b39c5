import type { Sample } from './sample.ts';
import { botPost, classicPost, draft, header, personPost, section } from './sample.ts';

type NotALead = Omit<Sample, 'draft'>;

const posts: NotALead[] = [
  {
    name: 'a colleague mentions an address in passing',
    post: personPost('can someone answer ada@analytical.example? she wrote again'),
  },
  {
    name: 'a colleague talks about leads',
    post: personPost('leads are slow this week, ask bob@ours.example'),
  },
  { name: 'a colleague on the lead process', post: personPost('New lead process: see the wiki or ask Bob') },
  { name: 'a trigger without any contact', post: personPost('New lead: Ada Lovelace, Analytical Engines') },
  {
    name: 'a colleague shares an address with a label but no name',
    post: personPost('Email: support@ours.example is down'),
  },
  {
    name: 'a form without mail and phone',
    post: botPost('Form', { text: 'Name: Ada\nMessage: mail me at ada@x.example' }),
  },
  {
    name: 'a deployment',
    post: botPost('Deployer', { text: ':rocket: Deployed api v2.3 to production by ada@ours.example' }),
  },
  {
    name: 'a failed build with labelled fields',
    post: botPost('CI', {
      attachments: [
        {
          title: 'Build failed',
          fields: [
            { title: 'Branch', value: 'main' },
            { title: 'Author', value: 'ada@ours.example' },
          ],
        },
      ],
    }),
  },
  {
    name: 'a pull request',
    post: classicPost('GitHub', { text: 'ada@ours.example opened a pull request: add phone field' }),
  },
  {
    name: 'a calendar reminder',
    post: botPost('Google Calendar', {
      text: 'Sales sync starts in 10 minutes',
      attachments: [{ text: 'Organizer: bob@ours.example' }],
    }),
  },
  {
    name: 'an alert with a contact line',
    post: botPost('Monitor', {
      blocks: [header('🚨 Alert: disk almost full'), section('*Host:* db1\n*Contact:* ops@ours.example')],
    }),
  },
  {
    name: 'a list of registrations',
    post: botPost('Zapier', {
      text: 'New signups: a@one.example, b@two.example, c@three.example and d@four.example',
    }),
  },
  {
    name: 'someone joined',
    post: { ...personPost('<@U1> has joined the channel'), subtype: 'channel_join' },
  },
  {
    name: 'someone left',
    post: { ...personPost('ada@x.example has left the channel'), subtype: 'channel_leave' },
  },
  {
    name: 'a new topic',
    post: { ...personPost('set the topic: Lead: Ada, ada@x.example'), subtype: 'channel_topic' },
  },
  { name: 'an edit', post: { ...personPost('Lead: Ada, ada@x.example'), subtype: 'message_changed' } },
  { name: 'an empty post', post: botPost('HubSpot', { text: '   ', blocks: [], attachments: [{}] }) },
  {
    name: 'a post that cannot be shown',
    post: botPost('HubSpot', { text: "This content can't be displayed." }),
  },
  {
    name: 'a deal won',
    post: botPost('Zapier', { text: 'Deal won! Congratulations to bob@ourcompany.example' }),
  },
  {
    name: 'a support ticket',
    post: botPost('Zendesk', { text: 'Support ticket #123 from kunde@x.example' }),
  },
  {
    name: 'a support ticket about a form',
    post: botPost('Zendesk', { text: 'Ticket #124 from kunde@x.example: your contact form is broken' }),
  },
  {
    name: 'a ticket with labelled fields',
    post: botPost('Help desk', {
      text: 'New ticket\nName: Ada\nEmail: ada@x.example\nMessage: it is broken',
    }),
  },
  { name: 'a paid invoice', post: botPost('Stripe', { text: 'Invoice 42 paid by ada@x.example' }) },
  { name: 'a payment', post: botPost('Stripe', { text: 'Payment of €20 from ada@x.example succeeded' }) },
  {
    name: 'a password that somebody wants anew',
    post: botPost('Auth', { text: 'Password reset requested for ada@x.example' }),
  },
  { name: 'an alert', post: botPost('Monitor', { text: 'High latency, paging ops@ours.example' }) },
  {
    name: 'a meeting that moved',
    post: botPost('Zapier', { text: 'Meeting with ada@x.example moved to 3 pm' }),
  },
  {
    name: 'an accepted invitation',
    post: botPost('Make', { text: 'ada@x.example accepted your invitation: Quarterly review' }),
  },
  {
    name: 'a request for time off',
    post: botPost('HR', { text: 'Time off request from bob@ours.example, 3 days' }),
  },
  {
    name: 'a form that an integration could not send',
    post: botPost('Zapier', { text: 'Error in form sync for ada@x.example' }),
  },
  {
    name: 'praise for a colleague',
    post: botPost('Zapier', { text: 'Congrats to bob@ours.example on 5 years!' }),
  },
  { name: 'somebody to ask', post: botPost('Wiki', { text: 'Page edited. Contact bob@ours.example' }) },
  {
    name: 'a paid invoice in German',
    post: botPost('Make', { text: 'Rechnung 42 bezahlt von ada@x.example' }),
  },
  {
    name: 'a deal that moved, with its owner',
    post: botPost('HubSpot', {
      text: 'Deal moved to *Closed won*\nAmount: 20000\nDeal owner: rep@ours.example',
    }),
  },
];

export const notLeads: Sample[] = posts.map((sample) => ({ ...sample, draft: null }));

/** What looks like one of the above and is a lead all the same. */
export const nearMisses: Sample[] = [
  {
    name: 'a bare address from an app that is called after what it posts',
    post: botPost('Contact form', { text: 'ada@x.example' }),
    draft: draft({ email: 'ada@x.example', source: 'Contact form' }),
  },
  {
    name: 'a form on a page about invoices',
    post: botPost('Typeform', {
      text: 'New submission on Invoice template\nName: Ada\nEmail: ada@x.example',
    }),
    draft: draft({
      name: 'Ada',
      email: 'ada@x.example',
      source: 'Typeform: Invoice template',
      form: 'Invoice template',
    }),
  },
  {
    name: 'three addresses are still a lead',
    post: botPost('Form', {
      text: 'Name: Ada\nEmail: ada@x.example\nMessage: cc bob@x.example or eve@x.example',
    }),
    draft: draft({
      name: 'Ada',
      email: 'ada@x.example',
      source: 'Form',
      message: 'cc bob@x.example or eve@x.example',
    }),
  },
  {
    name: 'an alert about a lead',
    post: botPost('Alerts', { text: 'Alert: new demo request\nName: Ada\nEmail: ada@x.example' }),
    draft: draft({
      name: 'Ada',
      email: 'ada@x.example',
      source: 'Alerts: demo request',
      form: 'demo request',
    }),
  },
];
