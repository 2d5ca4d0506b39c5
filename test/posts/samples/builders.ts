import type { Sample } from './sample.ts';
import { botPost, classicPost, draft, personPost, section } from './sample.ts';

/** Form builders and people with habits of their own. */
export const builderSamples: Sample[] = [
  {
    name: 'Elementor: what the builder notes below a line of dashes is not the message',
    post: botPost('Elementor', {
      text: 'New message from "My Site"\n\nName: Sofja Kowalewskaja\nEmail: sofja@top.example\nMessage: Hi\n\n---\n\nDate: November 20, 2026\nTime: 10:00 am\nPage URL: https://www.ours.example/contact/\nUser Agent: Mozilla\nRemote IP: 1.2.3.4\nPowered by: Elementor',
    }),
    draft: draft({
      name: 'Sofja Kowalewskaja',
      email: 'sofja@top.example',
      source: 'Elementor: https://www.ours.example/contact/',
      page: 'https://www.ours.example/contact/',
      message: 'Hi',
    }),
  },
  {
    name: 'a line of dashes inside a message stays in it',
    post: botPost('Form', {
      text: 'Name: Ada Lovelace\nEmail: ada@x.example\nMessage: one\n---\ntwo, and more of it',
    }),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@x.example',
      source: 'Form',
      message: 'one\n---\ntwo, and more of it',
    }),
  },
  {
    name: 'HubSpot: who submitted what, and where, in one sentence over a field',
    post: botPost('HubSpot', {
      attachments: [
        {
          text: '*Emma Castelnuovo* (<mailto:emma@scuola.example|emma@scuola.example>) submitted *Contact us* on <https://www.ours.example/contact|Contact page>\n*Job title:* CTO',
        },
      ],
    }),
    draft: draft({
      name: 'Emma Castelnuovo',
      email: 'emma@scuola.example',
      title: 'CTO',
      source: 'HubSpot: Contact us',
      form: 'Contact us',
    }),
  },
  {
    name: 'who booked a meeting in the text, the address in a field',
    post: botPost('HubSpot', {
      text: 'Olga Ladyschenskaja booked a meeting with Bob Brown',
      attachments: [
        {
          fields: [
            { title: 'Email', value: 'olga@flow.example' },
            { title: 'Meeting type', value: 'Discovery call' },
          ],
        },
      ],
    }),
    draft: draft({
      name: 'Olga Ladyschenskaja',
      email: 'olga@flow.example',
      source: 'HubSpot: Discovery call',
      form: 'Discovery call',
    }),
  },
  {
    name: 'JSON in code marks',
    post: botPost('Zapier', {
      text: '```{"name":"Tatjana Ehrenfest","email":"<mailto:tatjana@urn.example|tatjana@urn.example>","seats":12,"tags":["a"]}```',
    }),
    draft: draft({
      name: 'Tatjana Ehrenfest',
      email: 'tatjana@urn.example',
      source: 'Zapier',
      details: [{ label: 'seats', value: '12' }],
    }),
  },
  {
    name: 'Tally: sections with the label above the value, one of them unknown',
    post: botPost('Tally', {
      text: 'New Tally Form Submission!',
      blocks: [
        section('*First name*\nPhyllis'),
        section('*Last name*\nNicolson'),
        section('*Work email address*\n<mailto:phyllis@crank.example|phyllis@crank.example>'),
        section('*Company size*\n11-50'),
        section('*What brings you here?*\nStability: heat flows'),
      ],
    }),
    draft: draft({
      name: 'Phyllis Nicolson',
      email: 'phyllis@crank.example',
      source: 'Tally',
      details: [{ label: 'Company size', value: '11-50' }],
      message: 'Stability: heat flows',
    }),
  },
  {
    name: 'a quoted message under the name in the announcement',
    post: botPost('Intercom', {
      text: 'New lead: *Julia Robinson* from Diophant Ltd\nEmail: julia@tenth.example\n&gt; Hi, do you have an API?',
    }),
    draft: draft({
      name: 'Julia Robinson',
      email: 'julia@tenth.example',
      account: 'Diophant Ltd',
      source: 'Intercom',
      message: 'Hi, do you have an API?',
    }),
  },
  {
    name: 'a trial that started',
    post: botPost('Stripe', { text: 'New trial started: etta@scale.example on the Pro plan' }),
    draft: draft({ email: 'etta@scale.example', source: 'Stripe: New trial started' }),
  },
  {
    name: 'German: salutation, polite labels, a list in the request',
    post: classicPost('Formular', {
      text: 'Sie haben eine neue Anfrage erhalten:\nVor- und Nachname: Emmy Noether\nE-Mail Adresse: emmy@ring.example\nIhr Unternehmen: Ideale GmbH\nBetreff: Angebot\nIhre Anfrage: Bitte Angebot:\n- 10 Plätze\n- ab Mai',
    }),
    draft: draft({
      name: 'Emmy Noether',
      email: 'emmy@ring.example',
      account: 'Ideale GmbH',
      source: 'Formular',
      details: [{ label: 'Betreff', value: 'Angebot' }],
      message: 'Bitte Angebot:\n- 10 Plätze\n- ab Mai',
    }),
  },
  {
    name: 'French: the number of the telephone with its sign',
    post: botPost('Formulaire', {
      text: 'Nouveau message de contact\nNom complet : Yvonne Choquet\nAdresse e-mail : yvonne@ondes.example\nN° de téléphone : 01 44 55 66 77\nNom de l’entreprise : Ondes SAS\nVotre besoin : un devis',
    }),
    region: 'FR',
    draft: draft({
      name: 'Yvonne Choquet',
      email: 'yvonne@ondes.example',
      phone: '+33144556677',
      account: 'Ondes SAS',
      source: 'Formulaire',
      message: 'un devis',
    }),
  },
  {
    name: 'typed: a number at the end of a sentence, and where they met',
    post: personPost(
      'New lead! Ada Lovelace at Analytical Engines, ada@x.example, +1 202 555 0147. Met at the summit',
    ),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@x.example',
      phone: '+12025550147',
      account: 'Analytical Engines',
      source: 'Met at the summit',
    }),
  },
  {
    name: 'typed: the address first, long dashes, the job with the account',
    post: personPost(
      'lead: <mailto:ada@x.example|ada@x.example> — Ada Lovelace, CTO @ Engines — came via webinar',
    ),
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@x.example',
      account: 'Engines',
      title: 'CTO',
      source: 'came via webinar',
    }),
  },
  {
    name: 'typed: where they came from in front, the account in brackets',
    post: personPost('New lead from website: Ada Lovelace (Engines) ada@x.example'),
    draft: draft({ name: 'Ada Lovelace', email: 'ada@x.example', account: 'Engines', source: 'website' }),
  },
  {
    name: 'typed: slashes',
    post: personPost('New lead - Ada Lovelace / Engines / ada@x.example / 202 555 0147 / demo'),
    region: 'US',
    draft: draft({
      name: 'Ada Lovelace',
      email: 'ada@x.example',
      phone: '+12025550147',
      account: 'Engines',
      source: 'demo',
    }),
  },
];
