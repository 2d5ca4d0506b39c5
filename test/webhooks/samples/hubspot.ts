import type { Sample } from './sample.ts';

/** What was chosen as request body in the workflow. */
export const hubspotFlat = {
  objectId: 512,
  occurredAt: 1_793_610_000_000,
  email: 'joan@clarke.example',
  firstname: 'Joan',
  lastname: 'Clarke',
  company: 'Hut 8',
  jobtitle: 'Cryptanalyst',
  phone: '+44 1908 640404',
  message: 'Do you do Enigma?',
  recent_conversion_event_name: 'Pricing page: Contact sales',
  number_of_machines: 200,
};

const value = (text: string): object => ({ value: text, versions: [{ value: text }] });

export const hubspot: Sample[] = [
  {
    what: 'a flat request body',
    payload: hubspotFlat,
    event: '512 1793610000000',
    read: {
      name: 'Joan Clarke',
      email: 'joan@clarke.example',
      phone: '+441908640404',
      account: 'Hut 8',
      title: 'Cryptanalyst',
      message: 'Do you do Enigma?',
      source: 'HubSpot: Pricing page: Contact sales',
      form: 'Pricing page: Contact sales',
      details: [{ label: 'number_of_machines', value: '200' }],
    },
  },
  {
    what: 'the whole contact: properties with values, and the newest form',
    payload: {
      vid: 204727,
      'canonical-vid': 204727,
      'portal-id': 62515,
      'is-contact': true,
      properties: {
        email: value('annie@easley.example'),
        firstname: value('Annie'),
        lastname: value('Easley'),
        mobilephone: value('+1 216 555 0161'),
        company: value('Rocket Lab'),
        industry: value('Aerospace'),
        hs_analytics_last_url: value('https://www.example.com/demo'),
        hubspot_owner_id: value('77'),
        hs_email_domain: value('easley.example'),
        lastmodifieddate: value('1793610000000'),
      },
      'form-submissions': [
        { title: 'Newsletter', 'page-url': 'https://www.example.com/', timestamp: 1 },
        { title: 'Book a demo', 'page-url': 'https://www.example.com/book', timestamp: 2 },
      ],
    },
    event: null,
    read: {
      name: 'Annie Easley',
      email: 'annie@easley.example',
      phone: '+12165550161',
      account: 'Rocket Lab',
      source: 'HubSpot: Book a demo',
      form: 'Book a demo',
      page: 'https://www.example.com/book',
      details: [
        { label: 'industry', value: 'Aerospace' },
        { label: 'hs_analytics_last_url', value: 'https://www.example.com/demo' },
      ],
    },
  },
  {
    what: 'a custom action: input fields of an object',
    payload: {
      callbackId: 'ap-102-1',
      origin: { portalId: 1, actionDefinitionId: 2 },
      object: { objectId: 904, objectType: 'CONTACT' },
      inputFields: { email: 'dorothy@west.example', full_name: 'Dorothy Vaughan', campaign: 'spring' },
    },
    event: null,
    read: {
      name: 'Dorothy Vaughan',
      email: 'dorothy@west.example',
      campaign: 'spring',
      source: 'HubSpot',
    },
  },
  {
    what: 'properties without values around them, work email and lead source',
    payload: {
      objectId: '7',
      timestamp: '1793610000001',
      properties: {
        work_email: 'radia@spanning.example',
        'Lead source': 'Trade fair',
        hs_lead_status: 'NEW',
      },
    },
    event: '7 1793610000001',
    read: { email: 'radia@spanning.example', source: 'Trade fair' },
  },
  {
    what: 'a contact without a mail address',
    payload: { objectId: 8, firstname: 'Evelyn', hubspot_owner_email: 'rep@ours.example' },
    event: null,
    read: { name: 'Evelyn', source: 'HubSpot' },
  },
  { what: 'nothing but ids', payload: { objectId: 512, portalId: 3 }, read: 'unknown' },
  { what: 'an empty object', payload: {}, read: 'unknown' },
];
