import type { Sample } from './sample.ts';

const uri = 'https://api.calendly.com/scheduled_events/AAAA/invitees/BBBB';

export const calendlyBooking = {
  event: 'invitee.created',
  created_at: '2026-11-02T09:10:00.000000Z',
  created_by: 'https://api.calendly.com/users/UUUU',
  payload: {
    uri,
    email: 'grace@navy.example',
    name: 'Grace Hopper',
    first_name: null,
    last_name: null,
    status: 'active',
    timezone: 'America/New_York',
    text_reminder_number: '+12025550143',
    event: 'https://api.calendly.com/scheduled_events/AAAA',
    rescheduled: false,
    old_invitee: null,
    questions_and_answers: [
      { question: 'Company name', answer: 'US Navy', position: 0 },
      { question: 'What would you like to talk about?', answer: 'Compilers', position: 1 },
    ],
    tracking: { utm_campaign: 'retarget', utm_source: 'google', utm_medium: null, salesforce_uuid: null },
    scheduled_event: {
      uri: 'https://api.calendly.com/scheduled_events/AAAA',
      name: 'Product demo',
      start_time: '2026-11-04T15:00:00.000000Z',
      end_time: '2026-11-04T15:30:00.000000Z',
      location: { type: 'zoom', join_url: 'https://zoom.example/1' },
      event_memberships: [{ user_email: 'alice@ours.example', user_name: 'Alice' }],
      event_guests: [{ email: 'boss@navy.example' }],
    },
  },
};

export const calendlyCancellation = {
  ...calendlyBooking,
  event: 'invitee.canceled',
  payload: { ...calendlyBooking.payload, status: 'canceled', cancellation: { reason: 'Ill' } },
};

export const calendly: Sample[] = [
  {
    what: 'a booked demo: the invitee, never the host or a guest',
    payload: calendlyBooking,
    event: uri,
    read: {
      name: 'Grace Hopper',
      email: 'grace@navy.example',
      phone: '+12025550143',
      account: 'US Navy',
      source: 'Calendly: Product demo',
      form: 'Product demo',
      campaign: 'retarget',
      details: [
        { label: 'Meeting', value: '2026-11-04 15:00 UTC (they are in America/New_York)' },
        { label: 'What would you like to talk about?', value: 'Compilers' },
        { label: 'utm_source', value: 'google' },
      ],
    },
  },
  {
    what: 'a call that we make: the place is their number; first and last name apart',
    payload: {
      event: 'invitee.created',
      payload: {
        uri: 'https://api.calendly.com/scheduled_events/CC/invitees/DD',
        email: 'MARIE@radium.example',
        name: 'Marie Curie',
        first_name: 'Marie',
        last_name: 'Curie',
        scheduled_event: {
          name: '15 minute call',
          location: { type: 'outbound_call', location: '+33 1 40 46 03 33' },
        },
      },
    },
    event: 'https://api.calendly.com/scheduled_events/CC/invitees/DD',
    read: {
      name: 'Marie Curie',
      email: 'marie@radium.example',
      phone: '+33140460333',
      source: 'Calendly: 15 minute call',
      form: '15 minute call',
    },
  },
  {
    what: 'a reschedule is a new booking',
    payload: {
      ...calendlyBooking,
      payload: {
        uri: `${uri}-2`,
        old_invitee: uri,
        email: 'grace@navy.example',
        name: 'Grace Hopper',
        questions_and_answers: [{ question: 'Phone number', answer: '+1 202 555 0144' }],
      },
    },
    event: `${uri}-2`,
    read: { name: 'Grace Hopper', email: 'grace@navy.example', phone: '+12025550144', source: 'Calendly' },
  },
  {
    what: 'a cancellation',
    payload: calendlyCancellation,
    event: `invitee.canceled ${uri}`,
    read: 'ignored',
  },
  {
    what: 'somebody did not show up',
    payload: { event: 'invitee_no_show.created', payload: { uri } },
    event: `invitee_no_show.created ${uri}`,
    read: 'ignored',
  },
  { what: 'no payload', payload: { event: 'invitee.created' }, read: 'unknown' },
  { what: 'a payload of Webflow', payload: { triggerType: 'form_submission', payload: {} }, read: 'unknown' },
];
