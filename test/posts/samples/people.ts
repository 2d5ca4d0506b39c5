import type { Sample } from './sample.ts';
import { draft, personPost } from './sample.ts';

export const peopleSamples: Sample[] = [
  {
    name: 'name, mail, account, request',
    post: personPost(
      'New lead: Ada Lovelace, <mailto:ada@analytical.example|ada@analytical.example>, Analytical Engines, demo request',
    ),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@analytical.example',
      account: 'Analytical Engines',
      source: 'demo request',
    }),
  },
  {
    name: 'another order, semicolons, a phone number, a legal form behind a comma',
    post: personPost(
      'Lead: <tel:+441632960960|01632 960960>; grace@flow.example; Grace Hopper; Flow-Matic, Inc.; called us',
    ),
    draft: draft({
      name: 'Grace Hopper',
      email: 'grace@flow.example',
      phone: '+441632960960',
      account: 'Flow-Matic, Inc.',
      source: 'called us',
    }),
  },
  {
    name: 'German, with bars and a national number',
    post: personPost(
      'neuer Lead: Konrad Zuse | kz@z3.example | 030 901820 | Zuse KG | Messe Berlin | will Preise | ruft Montag an',
    ),
    region: 'DE',
    draft: draft({
      name: 'Konrad Zuse',
      email: 'kz@z3.example',
      phone: '+4930901820',
      account: 'Zuse KG',
      source: 'Messe Berlin',
      message: 'will Preise, ruft Montag an',
    }),
  },
  {
    name: 'one part a line, emoji and bold around the trigger',
    post: personPost(':fire: *New lead*\nMargaret Hamilton\nmh@lunar.example\nLunar Systems\nwebsite chat'),
    draft: draft({
      name: 'Margaret Hamilton',
      email: 'mh@lunar.example',
      account: 'Lunar Systems',
      source: 'website chat',
    }),
  },
  {
    name: 'the address in brackets behind the name, typed in lower case',
    post: personPost(
      'lead: ada lovelace (<mailto:ADA@analytical.example|ADA@analytical.example>), analytical engines',
    ),
    draft: draft({ name: 'ada lovelace', email: 'ada@analytical.example', account: 'analytical engines' }),
  },
  {
    name: 'a sentence is read as far as it is clear and kept as the message',
    post: personPost(
      'New lead: met Tim Lee (tim@web.example) from Web Works at the trade fair, wants a demo in May',
    ),
    draft: draft({
      name: 'Tim Lee',
      email: 'tim@web.example',
      account: 'Web Works',
      message: 'met Tim Lee (tim@web.example) from Web Works at the trade fair, wants a demo in May',
    }),
  },
  {
    name: 'labels behind the trigger, on one line',
    post: personPost(
      'New lead: Name: Ada Lovelace, Email: ada@analytical.example, Company: Analytical Engines, Inc, Source: Fair',
    ),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@analytical.example',
      account: 'Analytical Engines, Inc',
      source: 'Fair',
    }),
  },
  {
    name: 'labelled fields without a trigger; Slack sends the text again as rich text',
    post: personPost(
      'Name: Vint Cerf\nPhone: <tel:+12025550123|+1 202-555-0123>\nNotes: asked for docs at <https://docs.ours.example>',
      {
        blocks: [
          {
            type: 'rich_text',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'text', text: 'Name: Vint Cerf\nPhone: ' },
                  { type: 'link', url: 'tel:+12025550123', text: '+1 202-555-0123' },
                  { type: 'text', text: '\nNotes: asked for docs at ' },
                  { type: 'link', url: 'https://docs.ours.example' },
                ],
              },
            ],
          },
        ],
      },
    ),
    draft: draft({
      name: 'Vint Cerf',
      phone: '+12025550123',
      message: 'asked for docs at https://docs.ours.example',
    }),
  },
  {
    name: 'the unfurled page under a link says nothing about the lead',
    post: personPost('Lead: Ken Thompson, ken@pipe.example, <http://pipe.example|pipe.example>', {
      attachments: [
        {
          from_url: 'http://pipe.example',
          title: 'Pipe',
          text: 'Company: Not This\nEmail: info@pipe.example',
          fallback: 'Pipe',
        },
      ],
    }),
    draft: draft({ name: 'Ken Thompson', email: 'ken@pipe.example', account: 'pipe.example' }),
  },
  {
    name: 'a bulleted list below a call to everyone',
    post: personPost('<!here> Hot lead!\n• Ada Lovelace\n• ada@x.example\n• CTO at Analytical Engines'),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@x.example',
      account: 'Analytical Engines',
      title: 'CTO',
    }),
  },
  {
    name: 'no colon but "from"',
    post: personPost('New lead from Ada Lovelace (ada@x.example), Acme'),
    draft: draft({ name: 'Ada Lovelace', email: 'ada@x.example', account: 'Acme' }),
  },
  {
    name: 'no colon behind "New lead", but a name, a comma and an address',
    post: personPost(
      'New lead Mary Poppins, <mailto:mary@umbrella.example|mary@umbrella.example>, Umbrella Ltd, webinar',
    ),
    draft: draft({
      name: 'Mary Poppins',
      email: 'mary@umbrella.example',
      account: 'Umbrella Ltd',
      source: 'webinar',
    }),
  },
  {
    name: 'name and account in one, the wish behind the address',
    post: personPost(
      'new lead - Joan Clarke from Bletchley Parts, <mailto:joan@bletchley.example|joan@bletchley.example> wants a call back',
    ),
    draft: draft({
      name: 'Joan Clarke',
      email: 'joan@bletchley.example',
      account: 'Bletchley Parts',
      source: 'wants a call back',
    }),
  },
  {
    name: 'the address between name and account, without commas',
    post: personPost(
      'Lead: Mary Jackson <mailto:mary@tunnel.example|mary@tunnel.example> Wind Tunnel Inc, +12025550123',
    ),
    draft: draft({
      name: 'Mary Jackson',
      email: 'mary@tunnel.example',
      phone: '+12025550123',
      account: 'Wind Tunnel Inc',
    }),
  },
  {
    name: 'a long account behind the address',
    post: personPost('Lead: Mary Jackson (mary@tunnel.example) Hampton Wind Tunnel Research Inc'),
    draft: draft({
      name: 'Mary Jackson',
      email: 'mary@tunnel.example',
      account: 'Hampton Wind Tunnel Research Inc',
    }),
  },
  {
    name: 'punctuation behind the address',
    post: personPost('New lead: Frances Allen, frances@compiler.example., Compilers Ltd'),
    draft: draft({ name: 'Frances Allen', email: 'frances@compiler.example', account: 'Compilers Ltd' }),
  },
  {
    name: 'punctuation at the end',
    post: personPost('New lead: Frances Allen, frances@compiler.example.'),
    draft: draft({ name: 'Frances Allen', email: 'frances@compiler.example' }),
  },
  {
    name: 'joy instead of a colon, and where they came from',
    post: personPost('New lead for us! dennis2@cprog.example from the webinar'),
    draft: draft({ email: 'dennis2@cprog.example', source: 'webinar' }),
  },
  {
    name: 'the address right behind the trigger',
    post: personPost('new lead <mailto:ken@pipe.example|ken@pipe.example>, Ken Thompson, Pipe Works'),
    draft: draft({ name: 'Ken Thompson', email: 'ken@pipe.example', account: 'Pipe Works' }),
  },
  {
    name: 'where they came from, behind a colon the address',
    post: personPost('new lead from the webinar: dennis@cprog.example, Dennis Ritchie, C Prog'),
    draft: draft({
      name: 'Dennis Ritchie',
      email: 'dennis@cprog.example',
      account: 'C Prog',
      source: 'webinar',
    }),
  },
  {
    name: 'a noble name is no account',
    post: personPost('Lead: Ludwig von Beethoven, lvb@bonn.example'),
    draft: draft({ name: 'Ludwig von Beethoven', email: 'lvb@bonn.example' }),
  },
];
