import type { Sample } from './sample.ts';
import { botPost, classicPost, draft, grid, section } from './sample.ts';

/** The seven languages of the labels, with where the lead came in, and what else was asked. */
export const moreLanguageSamples: Sample[] = [
  {
    name: 'German: page, campaign, an extra question, a salutation',
    post: botPost('Website', {
      text: '*Neue Demoanfrage*\n*Anrede:* Frau\n*Ansprechpartner:* Käte Hamburger\n*E-Mail:* <mailto:kaete@logik.example|kaete@logik.example>\n*Handynummer:* 0170 1234567\n*Unternehmen:* Logik GmbH &amp; Co. KG\n*Seite:* Preise\n*Kampagne:* Herbst 2026\n*Wie viele Plätze?* 12',
    }),
    region: 'DE',
    draft: draft({
      name: 'Käte Hamburger',
      email: 'kaete@logik.example',
      phone: '+491701234567',
      account: 'Logik GmbH & Co. KG',
      source: 'Website: Demoanfrage',
      form: 'Demoanfrage',
      page: 'Preise',
      campaign: 'Herbst 2026',
      details: [
        { label: 'Anrede', value: 'Frau' },
        { label: 'Wie viele Plätze?', value: '12' },
      ],
    }),
  },
  {
    name: 'French: a form and a campaign, the message in the middle',
    post: classicPost('Formulaire', {
      text: 'Nouvelle demande de démo\nPrénom : Émilie\nNom : du Châtelet\nVotre message : Bonjour,\nje cherche : une démo.\nE-mail professionnel : <mailto:emilie@energie.example|emilie@energie.example>\nEntreprise : Énergie cinétique SAS\nNom du formulaire : Demande de démo\nCampagne : Rentrée',
    }),
    draft: draft({
      name: 'Émilie du Châtelet',
      email: 'emilie@energie.example',
      account: 'Énergie cinétique SAS',
      source: 'Formulaire: Demande de démo',
      form: 'Demande de démo',
      campaign: 'Rentrée',
      message: 'Bonjour,\nje cherche : une démo.',
    }),
  },
  {
    name: 'Spanish: attachment fields, a page',
    post: botPost('Web', {
      attachments: [
        {
          title: 'Nueva solicitud de demo',
          fields: [
            { title: 'Nombre y apellidos', value: 'Ángela Ruiz Robles' },
            { title: 'Correo electrónico', value: 'angela@mecanica.example' },
            { title: 'Móvil', value: '612 345 678' },
            { title: 'Puesto', value: 'Directora' },
            { title: 'Página de destino', value: 'Enciclopedia' },
            { title: '¿En qué podemos ayudarte?', value: 'Quiero una demo: pronto' },
          ],
        },
      ],
    }),
    region: 'ES',
    draft: draft({
      name: 'Ángela Ruiz Robles',
      email: 'angela@mecanica.example',
      phone: '+34612345678',
      title: 'Directora',
      source: 'Web: solicitud de demo',
      form: 'solicitud de demo',
      page: 'Enciclopedia',
      message: 'Quiero una demo: pronto',
    }),
  },
  {
    name: 'Italian: a grid of fields, the campaign in a context line',
    post: botPost('Modulo web', {
      blocks: [
        grid(
          '*Nome:*\nMaria Gaetana',
          '*Cognome:*\nAgnesi',
          '*Indirizzo e-mail:*\n<mailto:mga@versiera.example|mga@versiera.example>',
          '*Numero di telefono:*\n02 1234 5678',
          '*Ragione sociale:*\nVersiera S.p.A.',
          '*Ruolo:*\nProfessoressa',
        ),
        section('*Richiesta:*\nVorrei un preventivo\nper 10 posti'),
        { type: 'context', elements: [{ type: 'mrkdwn', text: '*Campagna:* Primavera' }] },
      ],
    }),
    region: 'IT',
    draft: draft({
      name: 'Maria Gaetana Agnesi',
      email: 'mga@versiera.example',
      phone: '+390212345678',
      account: 'Versiera S.p.A.',
      title: 'Professoressa',
      source: 'Modulo web: Primavera',
      campaign: 'Primavera',
      message: 'Vorrei un preventivo\nper 10 posti',
    }),
  },
  {
    name: 'Dutch: labels with bars, a form',
    post: botPost('Formulier', {
      text: 'Nieuwe aanvraag\nVoornaam | Johanna\nAchternaam | Westerdijk\nE-mailadres | johanna@iepen.example\nTelefoonnummer | 030 250 1234\nBedrijfsnaam | Iepen B.V.\nBericht | Bel me: na 14:00',
    }),
    region: 'NL',
    draft: draft({
      name: 'Johanna Westerdijk',
      email: 'johanna@iepen.example',
      phone: '+31302501234',
      account: 'Iepen B.V.',
      source: 'Formulier',
      message: 'Bel me: na 14:00',
    }),
  },
  {
    name: 'Portuguese: first and last name, campaign and origin',
    post: botPost('Formulário', {
      text: '*Primeiro nome:* Bertha\n*Sobrenome:* Lutz\n*E-mail:* <mailto:bertha@sapos.example|bertha@sapos.example>\n*Celular:* (21) 99999-1234\n*Empresa:* Museu Nacional\n*Cargo:* Naturalista\n*Campanha:* Primavera\n*Mensagem:* Olá,\nquanto custa?',
    }),
    region: 'BR',
    draft: draft({
      name: 'Bertha Lutz',
      email: 'bertha@sapos.example',
      phone: '+5521999991234',
      account: 'Museu Nacional',
      title: 'Naturalista',
      source: 'Formulário: Primavera',
      campaign: 'Primavera',
      message: 'Olá,\nquanto custa?',
    }),
  },
  {
    name: 'two languages in one form, as agencies build them',
    post: botPost('Contact', {
      text: 'Name / Nom: Marguerite Perey\nEmail / Courriel: mp@francium.example\nCompany / Société: Francium\nComment / Commentaire: merci',
    }),
    draft: draft({
      name: 'Marguerite Perey',
      email: 'mp@francium.example',
      account: 'Francium',
      source: 'Contact',
      message: 'merci',
    }),
  },
];
