import type { Sample } from './sample.ts';
import { botPost, classicPost, draft, section } from './sample.ts';

export const languageSamples: Sample[] = [
  {
    name: 'German labels, a national number, a message with a colon',
    post: botPost('Kontaktformular', {
      text:
        'Neue Anfrage über die Website\n*Vorname:* Jürgen\n*Nachname:* Müller\n*Firma:* Müller &amp; Söhne GmbH\n*E-Mail-Adresse:* <mailto:j.mueller@muellerundsoehne.example|j.mueller@muellerundsoehne.example>\n' +
        '*Telefon:* 030 901820\n*Position:* Geschäftsführer\n*Ihre Nachricht:* Guten Tag,\nbitte um Rückruf: am besten vormittags.',
    }),
    region: 'DE',
    draft: draft({
      name: 'Jürgen Müller',
      email: 'j.mueller@muellerundsoehne.example',
      phone: '+4930901820',
      account: 'Müller & Söhne GmbH',
      title: 'Geschäftsführer',
      source: 'Kontaktformular: Website',
      page: 'Website',
      message: 'Guten Tag,\nbitte um Rückruf: am besten vormittags.',
    }),
  },
  {
    name: 'German: "Name" is the last name where a "Vorname" stands beside it',
    post: classicPost('TYPO3', {
      text: 'Name: Zuse\nVorname: Konrad\nMail: kz@z3.example\nUnternehmen: Zuse KG\nQuelle: Messe',
    }),
    draft: draft({
      name: 'Konrad Zuse',
      email: 'kz@z3.example',
      account: 'Zuse KG',
      source: 'Messe',
    }),
  },
  {
    name: 'French labels with a space before the colon',
    post: botPost('Formulaire', {
      blocks: [
        section(
          '*Nom :* Germain\n*Prénom :* Sophie\n*Courriel :* <mailto:sophie@elastique.example|sophie@elastique.example>',
        ),
        section(
          '*Tél. :* 01 44 55 66 77\n*Société :* Élastique SARL\n*Fonction :* Directrice\n*Commentaire :* À rappeler',
        ),
      ],
    }),
    region: 'FR',
    draft: draft({
      name: 'Sophie Germain',
      email: 'sophie@elastique.example',
      phone: '+33144556677',
      account: 'Élastique SARL',
      title: 'Directrice',
      source: 'Formulaire',
      message: 'À rappeler',
    }),
  },
  {
    name: 'Spanish labels; "Nombre" is the first name where "Apellidos" stands beside it',
    post: botPost('Formulario web', {
      text: 'Nueva solicitud\nNombre: Ramón\nApellidos: y Cajal\nCorreo electrónico: ramon@neurona.example\nTeléfono: 912 345 678\nEmpresa: Neurona S.L.\nCargo: Director\nMensaje: ¿Precio?\nUrgente',
    }),
    region: 'ES',
    draft: draft({
      name: 'Ramón y Cajal',
      email: 'ramon@neurona.example',
      phone: '+34912345678',
      account: 'Neurona S.L.',
      title: 'Director',
      source: 'Formulario web',
      message: '¿Precio?\nUrgente',
    }),
  },
  {
    name: 'Italian and Dutch spellings',
    post: botPost('Sito', {
      text: 'Nome e cognome: Rita Levi\nPosta elettronica: rita@ngf.example\nAzienda: NGF SpA\nFunctie: Onderzoeker\nOpmerkingen: graag bellen',
    }),
    draft: draft({
      name: 'Rita Levi',
      email: 'rita@ngf.example',
      account: 'NGF SpA',
      title: 'Onderzoeker',
      source: 'Sito',
      message: 'graag bellen',
    }),
  },
  {
    name: 'right-to-left marks, a wide colon and a name in Arabic',
    post: botPost('Form', {
      text: '\u200fName：\u200fليلى العطار\u200f\nEmail： \u202aleila@layla.example\u202c\nCompany: \u2067ليلى\u2069',
    }),
    draft: draft({
      name: 'ليلى العطار',
      email: 'leila@layla.example',
      account: 'ليلى',
      source: 'Form',
    }),
  },
];
