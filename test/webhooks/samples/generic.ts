import type { Sample } from './sample.ts';

export const plainLead = {
  email: 'lise@fission.example',
  first_name: 'Lise',
  last_name: 'Meitner',
  company: 'Kaiser Institute',
  phone: '+49 30 838 51',
  form: 'Book a demo',
};

/** The name of the source is `Website` in all of these. */
export const generic: Sample[] = [
  {
    what: 'flat JSON, read by its names',
    payload: plainLead,
    event: null,
    read: {
      name: 'Lise Meitner',
      email: 'lise@fission.example',
      phone: '+493083851',
      account: 'Kaiser Institute',
      source: 'Website: Book a demo',
      form: 'Book a demo',
    },
  },
  {
    what: 'nested JSON: the company’s name is no person’s, the owner’s mail address nobody’s',
    payload: {
      type: 'lead.created',
      data: {
        lead: { fullName: 'Emmy Noether', emailAddress: 'emmy@ring.example', jobTitle: 'Lecturer' },
        company: { name: 'Göttingen', city: 'Göttingen' },
        owner: { name: 'Alice', email: 'alice@ours.example' },
      },
    },
    event: null,
    read: {
      name: 'Emmy Noether',
      email: 'emmy@ring.example',
      account: 'Göttingen',
      title: 'Lecturer',
      source: 'Website',
      details: [
        { label: 'type', value: 'lead.created' },
        { label: 'company city', value: 'Göttingen' },
        { label: 'owner name', value: 'Alice' },
        { label: 'owner email', value: 'alice@ours.example' },
      ],
    },
  },
  {
    what: 'questions and answers as a list',
    payload: {
      submission: {
        answers: [
          { label: 'Your name', value: 'Rózsa Péter' },
          { label: 'E-mail', value: 'rozsa@recursive.example' },
          { label: 'Budget', value: 5000 },
          { question: 'Anything else?', answer: 'Again.' },
        ],
      },
    },
    event: null,
    read: {
      name: 'Rózsa Péter',
      email: 'rozsa@recursive.example',
      message: 'Again.',
      source: 'Website',
      details: [{ label: 'Budget', value: '5000' }],
    },
  },
  {
    what: 'a mapping: nothing else is read into a field',
    payload: {
      email: 'shop@ours.example',
      data: {
        contact: { mail: 'maria@witch.example', full: 'Maria Agnesi' },
        answers: [{ value: '+39 02 1234 5678' }],
      },
      note: 'urgent',
    },
    mapping: { email: 'data.contact.mail', name: 'data.contact.full', phone: 'data.answers[0].value' },
    event: null,
    read: {
      name: 'Maria Agnesi',
      email: 'maria@witch.example',
      phone: '+390212345678',
      source: 'Website',
      details: [
        { label: 'email', value: 'shop@ours.example' },
        { label: 'note', value: 'urgent' },
      ],
    },
  },
  {
    what: 'a mapping that leads nowhere',
    payload: { mail: 'x@y.example' },
    mapping: { email: 'data.mail' },
    event: null,
    read: { source: 'Website', details: [{ label: 'mail', value: 'x@y.example' }] },
  },
  {
    what: 'campaign, page and source of its own',
    payload: {
      contact_email: 'sofia@kovalev.example',
      utm_campaign: 'q4',
      page_url: 'https://www.example.com/top',
      source: 'Partner portal',
      utm_source: 'bing',
    },
    event: null,
    read: {
      email: 'sofia@kovalev.example',
      campaign: 'q4',
      page: 'https://www.example.com/top',
      source: 'Partner portal',
      details: [{ label: 'utm_source', value: 'bing' }],
    },
  },
  { what: 'no value at all', payload: { data: { list: [] }, nothing: null }, read: 'unknown' },
];
