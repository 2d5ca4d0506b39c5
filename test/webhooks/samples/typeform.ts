import type { Sample } from './sample.ts';

const field = (id: string, type: string): object => ({ id, type, ref: `ref-${id}` });

/** A response with answers of every type that Typeform has. */
export const typeformDemo = {
  event_id: '01JB3Q6Z8YH4V7N2M5K9P0R1ST',
  event_type: 'form_response',
  form_response: {
    form_id: 'lT4Z3j',
    token: 'a3a12ec67a1365927098a606107fac15',
    landed_at: '2026-11-02T09:07:02Z',
    submitted_at: '2026-11-02T09:09:44Z',
    hidden: { utm_campaign: 'autumn-fair', utm_source: 'linkedin' },
    calculated: { score: 9 },
    variables: [{ key: 'score', type: 'number', number: 4 }],
    definition: {
      id: 'lT4Z3j',
      title: 'Demo request',
      fields: [
        { id: 'f1', ref: 'ref-f1', type: 'short_text', title: "What's your *first name*?", properties: {} },
        { id: 'f2', ref: 'ref-f2', type: 'short_text', title: 'And your last name?', properties: {} },
        { id: 'f3', ref: 'ref-f3', type: 'email', title: 'Hi {{field:f1}}, where do we write to?' },
        { id: 'f4', ref: 'ref-f4', type: 'phone_number', title: 'A number for emergencies' },
        { id: 'f5', ref: 'ref-f5', type: 'short_text', title: 'Company' },
        { id: 'f6', ref: 'ref-f6', type: 'multiple_choice', title: 'How many people work there?' },
        { id: 'f7', ref: 'ref-f7', type: 'multiple_choice', title: 'What interests you?' },
        { id: 'f8', ref: 'ref-f8', type: 'long_text', title: 'Tell us more' },
        { id: 'f9', ref: 'ref-f9', type: 'yes_no', title: 'Do you use a CRM?' },
      ],
    },
    answers: [
      { type: 'text', text: 'Ada', field: field('f1', 'short_text') },
      { type: 'text', text: 'Lovelace', field: field('f2', 'short_text') },
      { type: 'email', email: 'Ada@Analytical.example', field: field('f3', 'email') },
      { type: 'phone_number', phone_number: '+442079460018', field: field('f4', 'phone_number') },
      { type: 'text', text: 'Analytical Engines Ltd', field: field('f5', 'short_text') },
      { type: 'choice', choice: { id: 'c1', label: '11 to 50' }, field: field('f6', 'multiple_choice') },
      {
        type: 'choices',
        choices: { ids: ['c2', 'c3'], labels: ['Reporting', 'Forecasts'], other: 'Looms' },
        field: field('f7', 'multiple_choice'),
      },
      {
        type: 'text',
        text: 'We count by hand.\nEmail: nobody@elsewhere.example',
        field: field('f8', 'long_text'),
      },
      { type: 'boolean', boolean: false, field: field('f9', 'yes_no') },
    ],
    ending: { id: 'dN5FLyFpCMFo', ref: 'thanks' },
  },
};

const response = (title: string, asked: [title: string, answer: object][], more: object = {}): object => ({
  event_id: `event-${title}`,
  event_type: 'form_response',
  form_response: {
    form_id: 'x1',
    definition: {
      title,
      fields: asked.map(([question], index) => ({ id: `q${index}`, ref: `ref-q${index}`, title: question })),
    },
    answers: asked.map(([, answer], index) => ({ ...answer, field: { id: `q${index}` } })),
    ...more,
  },
});

export const typeform: Sample[] = [
  {
    what: 'a demo request with every type of answer',
    payload: typeformDemo,
    event: '01JB3Q6Z8YH4V7N2M5K9P0R1ST',
    read: {
      name: 'Ada Lovelace',
      email: 'ada@analytical.example',
      phone: '+442079460018',
      account: 'Analytical Engines Ltd',
      message: 'We count by hand.\nEmail: nobody@elsewhere.example',
      source: 'Typeform: Demo request',
      form: 'Demo request',
      campaign: 'autumn-fair',
      details: [
        { label: 'How many people work there?', value: '11 to 50' },
        { label: 'What interests you?', value: 'Reporting, Forecasts, Looms' },
        { label: 'Do you use a CRM?', value: 'No' },
        { label: 'utm_source', value: 'linkedin' },
      ],
    },
  },
  {
    what: 'German labels, an answer that names its question by ref, and one that nobody knows',
    payload: {
      event_id: 'de-1',
      event_type: 'form_response',
      form_response: {
        definition: {
          title: 'Kontaktformular',
          fields: [
            { id: 'a', ref: 'vorname', title: 'Vorname' },
            { id: 'b', ref: 'nachname', title: 'Nachname' },
            { id: 'c', ref: 'firma', title: 'Firma' },
            { id: 'd', ref: 'mail', title: 'E-Mail-Adresse' },
          ],
        },
        answers: [
          { type: 'text', text: 'Konrad', field: { ref: 'vorname' } },
          { type: 'text', text: 'Zuse', field: { ref: 'nachname' } },
          { type: 'text', text: 'Zuse KG', field: { ref: 'firma' } },
          { type: 'text', text: 'konrad@zuse.example', field: { ref: 'mail' } },
          { type: 'url', url: 'https://zuse.example', field: { ref: 'gone' } },
        ],
      },
    },
    event: 'de-1',
    read: {
      name: 'Konrad Zuse',
      email: 'konrad@zuse.example',
      account: 'Zuse KG',
      source: 'Typeform: Kontaktformular',
      form: 'Kontaktformular',
      details: [{ label: 'Answer', value: 'https://zuse.example' }],
    },
  },
  {
    what: 'a contact block: its fields are nested in the definition',
    payload: {
      event_id: 'contact-1',
      event_type: 'form_response',
      form_response: {
        definition: {
          title: 'Talk to sales',
          fields: [
            {
              id: 'group',
              title: 'Your details',
              type: 'contact_info',
              properties: {
                fields: [
                  { id: 'n1', title: 'First name' },
                  { id: 'n2', title: 'Last name' },
                  { id: 'n3', title: 'Phone number' },
                  { id: 'n4', title: 'Email' },
                ],
              },
            },
          ],
        },
        answers: [
          { type: 'text', text: 'Grace', field: { id: 'n1' } },
          { type: 'text', text: 'Hopper', field: { id: 'n2' } },
          { type: 'phone_number', phone_number: '+12025550143', field: { id: 'n3' } },
          { type: 'email', email: 'grace@navy.example', field: { id: 'n4' } },
        ],
      },
    },
    event: 'contact-1',
    read: {
      name: 'Grace Hopper',
      email: 'grace@navy.example',
      phone: '+12025550143',
      source: 'Typeform: Talk to sales',
      form: 'Talk to sales',
    },
  },
  {
    what: "two mail addresses: the person's own, not that of their account owner",
    payload: response('Referral', [
      ['Account owner', { type: 'email', email: 'rep@ours.example' }],
      ['Your email', { type: 'email', email: 'mary@bletchley.example' }],
      ['Full name', { type: 'text', text: 'Mary Ellis' }],
    ]),
    event: 'event-Referral',
    read: {
      name: 'Mary Ellis',
      email: 'mary@bletchley.example',
      source: 'Typeform: Referral',
      form: 'Referral',
      details: [{ label: 'Account owner', value: 'rep@ours.example' }],
    },
  },
  {
    what: 'the only mail address is one of ours: it is not the prospect’s',
    payload: response('Handover', [
      ['Account owner', { type: 'email', email: 'rep@ours.example' }],
      ['Mobile', { type: 'text', text: '+1 202 555 0143' }],
    ]),
    event: 'event-Handover',
    read: {
      phone: '+12025550143',
      source: 'Typeform: Handover',
      form: 'Handover',
      details: [{ label: 'Account owner', value: 'rep@ours.example' }],
    },
  },
  {
    what: 'nobody to write to: still a lead draft, for the managers',
    payload: response('Survey', [
      ['Name', { type: 'text', text: 'Anonymous Coward' }],
      ['How did you like it?', { type: 'number', number: 8 }],
    ]),
    event: 'event-Survey',
    read: {
      name: 'Anonymous Coward',
      source: 'Typeform: Survey',
      form: 'Survey',
      details: [{ label: 'How did you like it?', value: '8' }],
    },
  },
  {
    what: 'a response that was not finished',
    payload: { ...typeformDemo, event_type: 'form_response_partial' },
    event: '01JB3Q6Z8YH4V7N2M5K9P0R1ST',
    read: 'ignored',
  },
  {
    what: 'a payload of Tally',
    payload: { eventId: '1', eventType: 'FORM_RESPONSE', data: {} },
    read: 'unknown',
  },
  { what: 'no form_response', payload: { event_id: '1', event_type: 'form_response' }, read: 'unknown' },
];
