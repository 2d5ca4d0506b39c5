import type { Sample } from './sample.ts';

export const tallyContact = {
  eventId: 'a4cb511e-d513-4fa5-baee-b815d718dfd1',
  eventType: 'FORM_RESPONSE',
  createdAt: '2026-11-02T09:00:21.889Z',
  data: {
    responseId: '2wgx4n',
    submissionId: '2wgx4n',
    respondentId: 'dwQKYm',
    formId: 'VwbNEw',
    formName: 'Contact us',
    createdAt: '2026-11-02T09:00:21.000Z',
    fields: [
      { key: 'question_1', label: 'Full name', type: 'INPUT_TEXT', value: 'Hedy Lamarr' },
      {
        key: 'question_2',
        label: 'Where can we reach you?',
        type: 'INPUT_EMAIL',
        value: 'hedy@frequency.example',
      },
      { key: 'question_3', label: 'Phone', type: 'INPUT_PHONE_NUMBER', value: '+43 1 5055055' },
      { key: 'question_4', label: 'Job title', type: 'INPUT_TEXT', value: 'Inventor' },
      {
        key: 'question_5',
        label: 'Company size',
        type: 'DROPDOWN',
        value: ['b1'],
        options: [
          { id: 'a1', text: '1 to 10' },
          { id: 'b1', text: '11 to 50' },
        ],
      },
      {
        key: 'question_6',
        label: 'Interested in',
        type: 'CHECKBOXES',
        value: ['x', 'z'],
        options: [
          { id: 'x', text: 'Radio' },
          { id: 'y', text: 'Torpedoes' },
          { id: 'z', text: 'Film' },
        ],
      },
      { key: 'question_6_x', label: 'Interested in (Radio)', type: 'CHECKBOXES', value: true },
      { key: 'question_6_y', label: 'Interested in (Torpedoes)', type: 'CHECKBOXES', value: false },
      { key: 'question_7', label: 'Message', type: 'TEXTAREA', value: 'Please call: it hops.' },
      { key: 'question_8', label: 'utm_campaign', type: 'HIDDEN_FIELDS', value: 'spring' },
      { key: 'question_9', label: 'page', type: 'HIDDEN_FIELDS', value: 'https://www.example.com/pricing' },
      { key: 'question_10', label: 'Score', type: 'CALCULATED_FIELDS', value: 42 },
      {
        key: 'question_11',
        label: 'Your brief',
        type: 'FILE_UPLOAD',
        value: [{ id: 'f', name: 'brief.pdf', url: 'https://storage.example/brief.pdf', size: 8 }],
      },
    ],
  },
};

const form = (formName: string, fields: object[]): object => ({
  eventId: `tally-${formName}`,
  eventType: 'FORM_RESPONSE',
  data: { formName, fields },
});

export const tally: Sample[] = [
  {
    what: 'a contact form with choices, hidden fields and a file',
    payload: tallyContact,
    event: 'a4cb511e-d513-4fa5-baee-b815d718dfd1',
    read: {
      name: 'Hedy Lamarr',
      email: 'hedy@frequency.example',
      phone: '+4315055055',
      title: 'Inventor',
      message: 'Please call: it hops.',
      source: 'Tally: Contact us',
      form: 'Contact us',
      page: 'https://www.example.com/pricing',
      campaign: 'spring',
      details: [
        { label: 'Company size', value: '11 to 50' },
        { label: 'Interested in', value: 'Radio, Film' },
        { label: 'Score', value: '42' },
        { label: 'Your brief', value: 'https://storage.example/brief.pdf' },
      ],
    },
  },
  {
    what: 'French labels, a mail address in a plain text field, empty answers',
    payload: form('Demande de démo', [
      { label: 'Prénom', type: 'INPUT_TEXT', value: 'Sophie' },
      { label: 'Nom', type: 'INPUT_TEXT', value: 'Germain' },
      { label: 'Courriel', type: 'INPUT_TEXT', value: 'sophie@ecole.example' },
      { label: 'Société', type: 'INPUT_TEXT', value: 'École libre' },
      { label: 'Téléphone', type: 'INPUT_PHONE_NUMBER', value: null },
      { label: 'Message', type: 'TEXTAREA', value: '' },
    ]),
    event: 'tally-Demande de démo',
    read: {
      name: 'Sophie Germain',
      email: 'sophie@ecole.example',
      account: 'École libre',
      source: 'Tally: Demande de démo',
      form: 'Demande de démo',
    },
  },
  {
    what: 'a matrix, a ranking and a rating',
    payload: form('Fit check', [
      { label: 'Work email', type: 'INPUT_EMAIL', value: 'katherine@orbit.example' },
      {
        label: 'How important?',
        type: 'MATRIX',
        value: { r1: ['c2'], r2: ['c1'] },
        rows: [
          { id: 'r1', text: 'Speed' },
          { id: 'r2', text: 'Price' },
        ],
        columns: [
          { id: 'c1', text: 'A little' },
          { id: 'c2', text: 'A lot' },
        ],
      },
      {
        label: 'Order them',
        type: 'RANKING',
        value: ['2', '1'],
        options: [
          { id: '1', text: 'Build' },
          { id: '2', text: 'Buy' },
        ],
      },
      { label: 'Rating', type: 'RATING', value: 5 },
    ]),
    event: 'tally-Fit check',
    read: {
      email: 'katherine@orbit.example',
      source: 'Tally: Fit check',
      form: 'Fit check',
      details: [
        { label: 'How important?', value: 'Speed: A lot; Price: A little' },
        { label: 'Order them', value: 'Buy, Build' },
        { label: 'Rating', value: '5' },
      ],
    },
  },
  {
    what: 'only a phone number, and a label that is null',
    payload: form('Call me back', [
      { label: 'Mobile', type: 'INPUT_PHONE_NUMBER', value: '+49 30 901820' },
      { label: null, type: 'INPUT_TEXT', value: 'after five' },
    ]),
    event: 'tally-Call me back',
    read: {
      phone: '+4930901820',
      source: 'Tally: Call me back',
      form: 'Call me back',
      details: [{ label: 'Answer', value: 'after five' }],
    },
  },
  {
    what: 'no contact at all: a mail address in an answer to something else is not the prospect’s',
    payload: form('Poll', [
      { label: 'Who told you about us?', type: 'INPUT_TEXT', value: 'bob@friend.example' },
    ]),
    event: 'tally-Poll',
    read: {
      source: 'Tally: Poll',
      form: 'Poll',
      details: [{ label: 'Who told you about us?', value: 'bob@friend.example' }],
    },
  },
  { what: 'another event', payload: { eventType: 'FORM_UPDATED', data: { fields: [] } }, read: 'unknown' },
  { what: 'no fields', payload: { eventType: 'FORM_RESPONSE', data: {} }, read: 'unknown' },
];
