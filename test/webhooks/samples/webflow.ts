import type { Sample } from './sample.ts';

export const webflowContact = {
  triggerType: 'form_submission',
  payload: {
    name: 'Contact Us',
    siteId: '65427cf400e02b306eaa049c',
    data: {
      'First Name': 'Katherine',
      'Last Name': 'Johnson',
      email: 'katherine@orbit.example',
      'Phone Number': 15550000000,
      Company: 'Orbit Works',
      'How many seats': '25',
      'I agree': true,
    },
    schema: [{ fieldName: 'First Name', fieldType: 'FormTextInput', fieldElementId: '1' }],
    submittedAt: '2026-11-02T09:10:16.117Z',
    id: '6321ca84df3949bfc6752327',
    formId: '65429eadebe8a9f3a30f62d0',
    formElementId: '4e038d2c-6a1e-4953-7be9-a59a2b453177',
    pageUrl: 'https://www.example.com/contact',
  },
};

const submission = (name: string, data: object): object => ({
  triggerType: 'form_submission',
  payload: { name, data, id: `webflow-${name}` },
});

export const webflow: Sample[] = [
  {
    what: 'a contact form',
    payload: webflowContact,
    event: '6321ca84df3949bfc6752327',
    read: {
      name: 'Katherine Johnson',
      email: 'katherine@orbit.example',
      phone: '15550000000',
      account: 'Orbit Works',
      source: 'Webflow: Contact Us',
      form: 'Contact Us',
      page: 'https://www.example.com/contact',
      details: [
        { label: 'How many seats', value: '25' },
        { label: 'I agree', value: 'Yes' },
      ],
    },
  },
  {
    what: 'numbered field names and a message of several lines',
    payload: submission('Email Form', {
      'Name 2': 'Chien-Shiung Wu',
      'Email-2': 'wu@parity.example',
      'Field 3': 'Left or right?',
      Message: 'One\nTwo: three@four.example',
    }),
    event: 'webflow-Email Form',
    read: {
      name: 'Chien-Shiung Wu',
      email: 'wu@parity.example',
      message: 'One\nTwo: three@four.example',
      source: 'Webflow: Email Form',
      form: 'Email Form',
      details: [{ label: 'Field 3', value: 'Left or right?' }],
    },
  },
  {
    what: 'Spanish labels and a list of choices',
    payload: submission('Contacto', {
      Nombre: 'Ángela',
      Apellidos: 'Ruiz Robles',
      'Correo electrónico': 'angela@enciclopedia.example',
      Empresa: 'Enciclopedia SL',
      Intereses: ['Libros', 'Botones'],
    }),
    event: 'webflow-Contacto',
    read: {
      name: 'Ángela Ruiz Robles',
      email: 'angela@enciclopedia.example',
      account: 'Enciclopedia SL',
      source: 'Webflow: Contacto',
      form: 'Contacto',
      details: [{ label: 'Intereses', value: 'Libros, Botones' }],
    },
  },
  {
    what: 'a form without contact',
    payload: submission('Search', { query: 'pricing' }),
    event: 'webflow-Search',
    read: { source: 'Webflow: Search', form: 'Search', details: [{ label: 'query', value: 'pricing' }] },
  },
  { what: 'an order', payload: { triggerType: 'ecomm_new_order', payload: { data: {} } }, read: 'unknown' },
  {
    what: 'version 1 of the webhook',
    payload: { name: 'Contact', data: { email: 'a@b.example' } },
    read: 'unknown',
  },
];
