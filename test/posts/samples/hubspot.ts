import type { Sample } from './sample.ts';
import { botPost, classicPost, draft, header, section } from './sample.ts';

export const hubspotSamples: Sample[] = [
  {
    name: 'HubSpot, classic: everything in the fallback of one attachment',
    post: classicPost('HubSpot', {
      attachments: [
        {
          id: 1,
          color: 'ff7a59',
          fallback:
            '*First Name*: Ada\n*Last Name*: Lovelace\n*Email*: <mailto:Ada@Analytical.example|Ada@Analytical.example>\n' +
            '*Company Name*: Analytical Engines\n*Message*: We need four engines.\nWhen can you deliver?',
        },
      ],
    }),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@analytical.example',
      account: 'Analytical Engines',
      source: 'HubSpot',
      message: 'We need four engines.\nWhen can you deliver?',
    }),
  },
  {
    name: 'HubSpot, fields in another order, the message first and over several lines',
    post: classicPost('HubSpot', {
      attachments: [
        {
          fallback:
            '*Message*: Hello,\n\nour budget: 20k.\nPlease call before noon: I travel.\n*Phone Number*: <tel:+442079460018|020 7946 0018>\n' +
            '*Job Title*: Head of Computing\n*Email*: <mailto:grace@flow.example|grace@flow.example>\n*Last Name*: Hopper\n*First Name*: Grace',
        },
      ],
    }),
    draft: draft({
      name: 'Grace Hopper',
      email: 'grace@flow.example',
      phone: '+442079460018',
      title: 'Head of Computing',
      source: 'HubSpot',
      message: 'Hello,\n\nour budget: 20k.\nPlease call before noon: I travel.',
    }),
  },
  {
    name: 'HubSpot, text and fallback say the same; a page and unknown properties are kept',
    post: classicPost('HubSpot', {
      text: 'A new contact submitted a form',
      attachments: [
        {
          text:
            '*First Name*: Blaise\n*Last Name*: Pascal\n*Email*: <mailto:bp@pascaline.example|bp@pascaline.example>\n' +
            '*Page*: <https://www.ours.example/pricing|Pricing page>\n*Number of Employees*: 11-50\n*Phone*: ',
          fallback: '*First Name*: Blaise\n*Last Name*: Pascal\n*Email*: bp@pascaline.example',
        },
      ],
    }),
    draft: draft({
      name: 'Blaise Pascal',
      email: 'bp@pascaline.example',
      source: 'HubSpot: Pricing page',
      page: 'Pricing page',
      details: [{ label: 'Number of Employees', value: '11-50' }],
    }),
  },
  {
    name: 'HubSpot workflow: a heading with the name, plain labels below',
    post: classicPost('HubSpot', {
      text: 'New lead from Jane Smith\nCompany: Acme &amp; Sons\nEmail: <mailto:jane@acme.example|jane@acme.example>\nMessage: Looking for help &lt;soon&gt;.',
    }),
    draft: draft({
      name: 'Jane Smith',
      email: 'jane@acme.example',
      account: 'Acme & Sons',
      source: 'HubSpot',
      message: 'Looking for help <soon>.',
    }),
  },
  {
    name: 'HubSpot, modern: blocks, linked name, a footer link under the message',
    post: botPost('HubSpot', {
      text: 'New form submission: Demo request',
      blocks: [
        header(':tada: New form submission: Demo request'),
        section(
          '*Contact:* <https://app.crm.example/contacts/1/2|Alan Turing>\n*Email:* <mailto:alan@bombe.example|alan@bombe.example>\n' +
            '*Lifecycle stage:* Lead\n*Contact owner:* <mailto:rep@ours.example|rep@ours.example>',
        ),
        section(
          '*How can we help?*\nCan your engine halt?\n\n<https://app.crm.example/contacts/1/2|View in HubSpot>',
        ),
        { type: 'divider' },
        {
          type: 'actions',
          elements: [
            { type: 'button', text: { type: 'plain_text', text: 'Open' }, url: 'https://x.example' },
          ],
        },
      ],
    }),
    draft: draft({
      name: 'Alan Turing',
      email: 'alan@bombe.example',
      source: 'HubSpot: Demo request',
      form: 'Demo request',
      details: [{ label: 'Lifecycle stage', value: 'Lead' }],
      message: 'Can your engine halt?',
    }),
  },
  {
    name: 'the words "Email: …" inside a message are only words, when the real field comes first',
    post: classicPost('HubSpot', {
      attachments: [
        {
          fallback:
            '*Email*: <mailto:real@prospect.example|real@prospect.example>\n*Message*: Please do not use\nEmail: <mailto:other@elsewhere.example|other@elsewhere.example>\nCompany: Elsewhere\nthanks\n*First Name*: Real',
        },
      ],
    }),
    draft: draft({
      name: 'Real',
      email: 'real@prospect.example',
      source: 'HubSpot',
      message: 'Please do not use\nEmail: other@elsewhere.example\nCompany: Elsewhere\nthanks',
    }),
  },
  {
    name: 'the same, when the real field comes after the message',
    post: classicPost('HubSpot', {
      attachments: [
        {
          fallback:
            '*Message*: see below\n*Email*: fake@elsewhere.example\nbye\n*Email*: <mailto:real@prospect.example|real@prospect.example>\n*First Name*: Real',
        },
      ],
    }),
    draft: draft({
      name: 'Real',
      email: 'real@prospect.example',
      source: 'HubSpot',
      message: 'see below\n*Email*: fake@elsewhere.example\nbye',
    }),
  },
];
