import type { Sample } from './sample.ts';
import { botPost, classicPost, draft, grid, header, section } from './sample.ts';

/** In the manner of the tools that people connect to Slack; written by hand, with made-up people. */
export const toolSamples: Sample[] = [
  {
    name: 'Intercom: a new lead with its conversation, the teammate at the end',
    post: botPost('Intercom', {
      text: '',
      attachments: [
        {
          color: '#286efa',
          pretext: 'New conversation from *Evelyn Boyd*',
          fields: [
            { title: 'Name', value: 'Evelyn Boyd', short: true },
            {
              title: 'Email',
              value: '<mailto:evelyn@orbitals.example|evelyn@orbitals.example>',
              short: true,
            },
            { title: 'Company', value: 'Orbitals &amp; Daughters', short: true },
            { title: 'Page', value: '<https://www.ours.example/pricing?ref=chat>' },
            { title: 'Message', value: 'Do you bill per seat?\nWe are 40: 30 reps, 10 managers.' },
            { title: 'Assigned to', value: 'rep@ours.example' },
          ],
          fallback: 'New conversation from Evelyn Boyd',
        },
      ],
    }),
    draft: draft({
      name: 'Evelyn Boyd',
      email: 'evelyn@orbitals.example',
      account: 'Orbitals & Daughters',
      source: 'Intercom: https://www.ours.example/pricing',
      page: 'https://www.ours.example/pricing',
      message: 'Do you bill per seat?\nWe are 40: 30 reps, 10 managers.',
    }),
  },
  {
    name: 'Pipedrive: linked names, a label field and an owner',
    post: botPost('Pipedrive', {
      text: 'New lead added',
      blocks: [
        section('*New lead added*'),
        section(
          '*Contact person:* <https://acme.crm.example/person/7|Karen Spärck Jones>\n*Organization:* <https://acme.crm.example/org/9|Index Weights Ltd>\n*Email:* <mailto:karen@weights.example|karen@weights.example>\n*Phone:* <tel:+441223001122|+44 1223 001122>\n*Owner:* <mailto:rep@ours.example|rep@ours.example>\n*Lead source:* Web form: Contact us',
        ),
      ],
    }),
    draft: draft({
      name: 'Karen Spärck Jones',
      email: 'karen@weights.example',
      phone: '+441223001122',
      account: 'Index Weights Ltd',
      source: 'Web form: Contact us',
    }),
  },
  {
    name: 'Facebook Lead Ads through Zapier: machine names, an id and prefixes in the values',
    post: botPost('Zapier', {
      text: 'New Facebook Lead!\nid: l:1122334455667788\ncreated_time: 2026-11-20T10:11:12+0000\nad_name: Video B\ncampaign_name: Autumn leads\nform_name: Get a quote\nplatform: ig\nfull_name: Mary Golda Ross\nemail: mary@skunk.example\nphone_number: p:+14055550199\ncompany_name: Skunk Works',
    }),
    draft: draft({
      name: 'Mary Golda Ross',
      email: 'mary@skunk.example',
      phone: '+14055550199',
      account: 'Skunk Works',
      source: 'Zapier: Get a quote',
      form: 'Get a quote',
      campaign: 'Autumn leads',
      details: [
        { label: 'ad_name', value: 'Video B' },
        { label: 'platform', value: 'ig' },
      ],
    }),
  },
  {
    name: 'LinkedIn lead gen: campaign and form in the context line',
    post: botPost('LinkedIn Leads', {
      text: 'New lead gen form response',
      blocks: [
        header('New lead gen form response'),
        grid(
          '*First name*\nMargaret',
          '*Last name*\nBurbidge',
          '*Work email*\n<mailto:mb@nucleo.example|mb@nucleo.example>',
          '*Job title*\nVP Observations',
          '*Company name*\nNucleosynthesis Group',
          '*Seniority*\nVP',
        ),
        {
          type: 'context',
          elements: [
            { type: 'mrkdwn', text: '*Form:* Whitepaper download' },
            { type: 'mrkdwn', text: '*Campaign:* EMEA Q4: stars' },
          ],
        },
      ],
    }),
    draft: draft({
      name: 'Margaret Burbidge',
      email: 'mb@nucleo.example',
      account: 'Nucleosynthesis Group',
      title: 'VP Observations',
      source: 'LinkedIn Leads: Whitepaper download',
      form: 'Whitepaper download',
      campaign: 'EMEA Q4: stars',
      details: [{ label: 'Seniority', value: 'VP' }],
    }),
  },
  {
    name: 'Jotform: the answers in one code-free attachment, an unanswered one between them',
    post: classicPost('Jotform', {
      text: 'You have a new submission for *Request a callback*',
      attachments: [
        {
          title: 'Request a callback',
          text: 'Full Name: Sister Mary Kenneth Keller\nE-mail: <mailto:keller@basic.example|keller@basic.example>\nPhone Number: (563) 555-0123\nPreferred time: \nMessage: Mornings are best:\nbefore 10:30',
        },
      ],
    }),
    region: 'US',
    draft: draft({
      name: 'Sister Mary Kenneth Keller',
      email: 'keller@basic.example',
      phone: '+15635550123',
      source: 'Jotform: Request a callback',
      form: 'Request a callback',
      message: 'Mornings are best:\nbefore 10:30',
    }),
  },
  {
    name: 'Google Forms: numbered questions, answers below',
    post: botPost('Form Notifications', {
      text: '*New response: Webinar registration*',
      attachments: [
        {
          text: '*Timestamp*\n11/20/2026 10:00:00\n*Email Address*\nruth@teitelbaum.example\n*Your name*\nRuth Teitelbaum\n*Organisation*\nEniac Alumni\n*What would you like to learn?*\nBallistics & loops',
        },
      ],
    }),
    draft: draft({
      name: 'Ruth Teitelbaum',
      email: 'ruth@teitelbaum.example',
      account: 'Eniac Alumni',
      source: 'Form Notifications: Webinar registration',
      form: 'Webinar registration',
      details: [{ label: 'What would you like to learn?', value: 'Ballistics & loops' }],
    }),
  },
  {
    name: 'Zoho: equals signs, the owner among the fields',
    post: classicPost('Zoho CRM', {
      text: 'Lead created\nLead Owner = rep@ours.example\nFirst Name = Jean\nLast Name = Bartik\nCompany = Univac Users\nTitle = Programmer\nEmail = jean@univac.example\nMobile = +1 215 555 0100\nLead Source = Trade fair',
    }),
    draft: draft({
      name: 'Jean Bartik',
      email: 'jean@univac.example',
      phone: '+12155550100',
      account: 'Univac Users',
      title: 'Programmer',
      source: 'Trade fair',
    }),
  },
  {
    name: 'Mailchimp: a subscriber in one sentence with the audience',
    post: botPost('Mailchimp', {
      text: 'Adele Goldberg (<mailto:adele@smalltalk.example|adele@smalltalk.example>) signed up for the October newsletter',
    }),
    draft: draft({
      name: 'Adele Goldberg',
      email: 'adele@smalltalk.example',
      source: 'Mailchimp: signed up for the October newsletter',
    }),
  },
  {
    name: 'Calendly: rich text with bold labels, questions and answers, a location link',
    post: botPost('Calendly', {
      blocks: [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'emoji', name: 'calendar' },
                { type: 'text', text: ' New booking\n' },
                { type: 'text', text: 'Event type:', style: { bold: true } },
                { type: 'text', text: ' Product demo\n' },
                { type: 'text', text: 'Invitee:', style: { bold: true } },
                { type: 'text', text: ' Erna Hoover\n' },
                { type: 'text', text: 'Invitee email:', style: { bold: true } },
                { type: 'text', text: ' ' },
                { type: 'link', url: 'mailto:erna@switch.example', text: 'erna@switch.example' },
                { type: 'text', text: '\n' },
                { type: 'text', text: 'Who decides?', style: { bold: true } },
                { type: 'text', text: ' I decide\n' },
                { type: 'text', text: 'Location:', style: { bold: true } },
                { type: 'text', text: ' ' },
                { type: 'link', url: 'https://meet.example/abc' },
              ],
            },
          ],
        },
      ],
    }),
    draft: draft({
      name: 'Erna Hoover',
      email: 'erna@switch.example',
      source: 'Calendly: Product demo',
      form: 'Product demo',
      details: [
        { label: 'Who decides?', value: 'I decide' },
        { label: 'Location', value: 'https://meet.example/abc' },
      ],
    }),
  },
  {
    name: 'Webflow: the form data as a list in the text, and the page',
    post: botPost('Webflow', {
      text: '*New form submission*: Contact sales\n>*Name*: Lynn Conway\n>*Email*: <mailto:lynn@vlsi.example|lynn@vlsi.example>\n>*Company*: VLSI, Inc.\n>*Page URL*: <https://www.ours.example/contact?utm=1|ours.example/contact>\n>*Message*: Is it &lt;fast&gt;?',
    }),
    draft: draft({
      name: 'Lynn Conway',
      email: 'lynn@vlsi.example',
      account: 'VLSI, Inc.',
      source: 'Webflow: Contact sales',
      form: 'Contact sales',
      page: 'ours.example/contact',
      message: 'Is it <fast>?',
    }),
  },
  {
    name: 'Typeform: numbered questions as attachment fields, answers with colons',
    post: botPost('Typeform', {
      text: 'Someone completed your typeform *Find your plan*',
      attachments: [
        {
          fields: [
            { title: '1. What’s your name?', value: 'Anita Borg' },
            { title: '2. And your email?', value: 'anita@systers.example' },
            { title: '3. What is your biggest problem?', value: 'Time: there is none' },
            { title: '4. Who decides?', value: 'I decide' },
          ],
        },
      ],
    }),
    draft: draft({
      name: 'Anita Borg',
      email: 'anita@systers.example',
      source: 'Typeform: Find your plan',
      form: 'Find your plan',
      details: [
        { label: '3. What is your biggest problem?', value: 'Time: there is none' },
        { label: '4. Who decides?', value: 'I decide' },
      ],
    }),
  },
  {
    name: 'Zapier: a template of a customer, dashes for labels',
    post: botPost('Zapier', {
      text: ':rotating_light: *Demo request* :rotating_light:\n• Name - Shafi Goldwasser\n• Email - <mailto:shafi@zero.example|shafi@zero.example>\n• Company - Zero Knowledge Co.\n• Team size - 50-100',
    }),
    draft: draft({
      name: 'Shafi Goldwasser',
      email: 'shafi@zero.example',
      account: 'Zero Knowledge Co.',
      source: 'Zapier: Demo request',
      form: 'Demo request',
    }),
  },
  {
    name: 'Salesforce: a record link as the heading, a message with a label-like line',
    post: botPost('Salesforce', {
      text: '',
      attachments: [
        {
          title: 'Lead: Grace Murray',
          title_link: 'https://crm.example/lead/1',
          text: '*Email*: <mailto:grace.murray@cobol.example|grace.murray@cobol.example>\n*Company*: Cobol Cruises\n*Status*: Open\n*Description*: Two questions:\nPhone: do you have a hotline?\n',
        },
      ],
    }),
    draft: draft({
      name: 'Grace Murray',
      email: 'grace.murray@cobol.example',
      account: 'Cobol Cruises',
      source: 'Salesforce',
      details: [{ label: 'Status', value: 'Open' }],
      message: 'Two questions:\nPhone: do you have a hotline?',
    }),
  },
  {
    name: 'a chat tool that puts the transcript behind the fields',
    post: botPost('Drift', {
      text: 'New qualified lead from the pricing page\n*Name:* Sophie Wilson\n*Email:* <mailto:sophie@acorn.example|sophie@acorn.example>\n*Transcript:* <https://chat.example/t/9|open>',
    }),
    draft: draft({
      name: 'Sophie Wilson',
      email: 'sophie@acorn.example',
      source: 'Drift: pricing page',
      page: 'pricing page',
      details: [{ label: 'Transcript', value: 'open (https://chat.example/t/9)' }],
    }),
  },
  {
    name: 'WordPress contact form: an attachment with a fallback that is only a title',
    post: classicPost('Contact Form 7', {
      attachments: [
        {
          fallback: 'New message from your site',
          pretext: 'New message from your site',
          mrkdwn_in: ['text'],
          text: '*your-name*: Hertha Ayrton\n*your-email*: hertha@arc.example\n*your-subject*: Electric arcs\n*your-message*: Hello,\n\nhow bright are they?',
        },
      ],
    }),
    draft: draft({
      name: 'Hertha Ayrton',
      email: 'hertha@arc.example',
      source: 'Contact Form 7',
      details: [{ label: 'your-subject', value: 'Electric arcs' }],
      message: 'Hello,\n\nhow bright are they?',
    }),
  },
  {
    name: 'an answering service: all capitals, no space behind the colon',
    post: botPost('Answering Service', {
      text: 'NEW CALL\nNAME:Stephanie Shirley\nPHONE:+44 20 7946 0100\nCOMPANY:Freelance Programmers\nREASON FOR CALL:wants a quote',
    }),
    draft: draft({
      name: 'Stephanie Shirley',
      phone: '+442079460100',
      account: 'Freelance Programmers',
      source: 'Answering Service',
      message: 'wants a quote',
    }),
  },
  {
    name: 'a shared message of another channel, nested in an attachment',
    post: botPost('Relay', {
      attachments: [
        {
          is_msg_unfurl: true,
          from_url: 'https://acme.slack.example/archives/C1/p1',
          attachments: [
            {
              blocks: [
                section('*Name*\nElizabeth Feinler'),
                section('*E-mail*\n<mailto:jake@nic.example|jake@nic.example>'),
                section('*Form name*\nDomain request'),
              ],
            },
          ],
        },
      ],
    }),
    draft: draft({
      name: 'Elizabeth Feinler',
      email: 'jake@nic.example',
      source: 'Relay: Domain request',
      form: 'Domain request',
    }),
  },
  {
    name: 'an event tool: the event is where they came in, its date is not',
    post: botPost('Eventbrite', {
      text: 'New registration\nEvent: Compiler meetup\nDate: 12 December 2026\nAttendee: Jean Sammet\nAttendee email: jean@formac.example\nTicket: Free',
    }),
    draft: draft({
      name: 'Jean Sammet',
      email: 'jean@formac.example',
      source: 'Eventbrite: Compiler meetup',
      form: 'Compiler meetup',
      details: [{ label: 'Ticket', value: 'Free' }],
    }),
  },
  {
    name: 'a date behind "Submitted on" is no page',
    post: botPost('Paperform', {
      text: 'Name: Mary Kay\nEmail: mk@x.example\nSubmitted on: Nov 22, 2026 at 10:30',
    }),
    draft: draft({ name: 'Mary Kay', email: 'mk@x.example', source: 'Paperform' }),
  },
];
