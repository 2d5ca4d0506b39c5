/**
 * The parts of a draft a label can name. `form` (which may be an event), `page` and `campaign` name where the lead came
 * in; `source` is the sender's own word for it.
 */
export type FieldKey =
  | 'firstName'
  | 'lastName'
  | 'name'
  | 'email'
  | 'phone'
  | 'account'
  | 'title'
  | 'message'
  | 'source'
  | 'form'
  | 'page'
  | 'campaign';

/** English, German, French, Spanish, Italian, Dutch and Portuguese, as forms and CRMs spell them. One per comma. */
const SPELLINGS: Record<FieldKey, string> = {
  firstName: `first name, firstname, given name, fname, forename, vorname, prenom, primer nombre, nombre de pila,
    nome proprio, voornaam, primeiro nome`,
  lastName: `last name, lastname, surname, family name, lname, nachname, familienname, nom de famille, apellido,
    apellidos, cognome, achternaam, sobrenome, apelido`,
  name: `name, full name, fullname, contact, contact name, contact person, person, lead name, first and last name,
    vollstandiger name, vor und nachname, ansprechpartner, ansprechpartnerin, ansprechperson, kontakt, kontaktperson,
    nom, nom complet, nom et prenom, prenom et nom, interlocuteur, nombre, nombre completo, nombre y apellido,
    nombre y apellidos, contacto, nome, nome completo, nome e cognome, contatto, naam, volledige naam, contactpersoon,
    contato, invitee, attendee, registrant, prospect, caller, caller name, anrufer, anruferin, name des anrufers`,
  email: `email, e mail, mail, email address, e mail address, mail address, company email, email id, emailadresse,
    e mail adresse, mailadresse, mail adresse, geschaftliche e mail, courriel, adresse email, adresse e mail,
    adresse mail, mail professionnel, email professionnel, e mail professionnel, correo, correo electronico,
    correo de empresa, direccion de correo, posta elettronica, indirizzo email, indirizzo e mail, e mailadres,
    emailadres, endereco de email, email corporativo`,
  phone: `phone, phone number, telephone, telephone number, tel, mobile, mobile number, mobile phone, mobile phone number,
    cell, cell phone, cellphone, direct dial, whatsapp, call back number, callback number, telefon, telefonnummer, tel nr,
    rufnummer, handy, handynummer, mobil, mobilnummer, mobiltelefon, ruckrufnummer, numero de telephone, n de telephone, no de telephone, portable,
    numero de portable, telefono, numero de telefono, movil, celular, telefono movil, cellulare, numero di telefono,
    caller number, nummer des anrufers, telefoonnummer, telefoon, mobiel, telefone, telemovel, fon`,
  account: `company, company name, account, account name, organisation, organization, organisation name,
    organization name, business, business name, employer, institution, firm, company organization, company organisation,
    what company do you work for, which company do you work for, where do you work, firma, firmenname, betrieb, unternehmen,
    unternehmensname, name des unternehmens, organisationsname, societe, nom de la societe, entreprise,
    nom de l entreprise, raison sociale, etablissement, empresa, nombre de la empresa, nombre de empresa, compania,
    organizacion, azienda, nome azienda, societa, ragione sociale, bedrijf, bedrijfsnaam, organisatie, organizacao,
    nome da empresa`,
  title: `job title, title, role, position, job role, job position, job function, job, designation, occupation,
    what is your role, jobtitel, berufsbezeichnung, stelle, rolle, funktion, fonction, poste, intitule du poste, role en
    entreprise, cargo, puesto, puesto de trabajo, ruolo, posizione, qualifica, functie, functietitel, funcao`,
  message: `message, messages, comment, comments, note, notes, question, questions, enquiry, inquiry, details, request,
    additional information, additional info, additional comments, anything else, description, body,
    how can we help, how can we help you, how may we help you, what can we help you with, what can we help with,
    tell us more, what brings you here, what are you interested in, what do you need, reason for call, reason for contact, reason for contacting us, tell us about your project, project description, what are you looking for,
    nachricht, ihre nachricht, anfrage, anmerkung, anmerkungen, bemerkung, bemerkungen, kommentar, kommentare, notiz,
    notizen, frage, fragen, anliegen,
    mitteilung, wie konnen wir helfen, wie konnen wir ihnen helfen, commentaire, commentaires, demande, besoin, remarque,
    remarques, votre demande, comment pouvons nous vous aider, mensaje, comentario, comentarios, consulta, pregunta,
    en que podemos ayudarte, messaggio, commento, richiesta, bericht, opmerking, opmerkingen, vraag, mensagem`,
  source: `source, lead source, original source, utm source, traffic source, channel, origin, lead origin, quelle,
    leadquelle, lead quelle, herkunft, origine, source du lead, provenance, origen, fuente, origen del lead, fonte,
    bron, leadbron, origem`,
  form: `form, form name, form title, conversion, first conversion, recent conversion, submitted via, website form,
    event, event name, event type, meeting type, appointment type, webinar, asset, content, offer, formular, formularname, veranstaltung, formulaire,
    nom du formulaire, evenement, formulario, nombre del formulario, evento, modulo, nome del modulo, formulier,
    formuliernaam, nome do formulario`,
  page: `page, page name, page title, page url, page uri, page path, landing page, landingpage, conversion page,
    submitted on, submitted from, submission page, source page, seite, seitentitel, zielseite, page de destination,
    page d atterrissage, page visitee, pagina, pagina web, pagina de destino, titulo de la pagina,
    pagina di destinazione, landingspagina`,
  campaign: `campaign, campaign name, utm campaign, ad campaign, marketing campaign, kampagne, kampagnenname, campagne,
    nom de la campagne, campana, nombre de la campana, campagna, nome campagna, campagnenaam, campanha,
    nome da campanha`,
};

const KEY_BY_SPELLING: ReadonlyMap<string, FieldKey> = new Map(
  (Object.keys(SPELLINGS) as FieldKey[]).flatMap((key) =>
    SPELLINGS[key].split(',').map((spelling) => [spelling.trim().replace(/\s+/g, ' '), key] as const),
  ),
);

/** Polite or possessive words in front of a label. What is left must still be a known label, exactly. */
const LEAD_IN =
  /^(?:(?:please )?(?:enter|provide|share|give us) |what s |what is |what are |whats |which is |may we have |and |(?:wie lautet|was ist) |quel(?:le)? est |cual es |qual e )*(?:the |your |my |their |ihre?n? |deine?n? |dein |votre |ton |ta |su |tu |il tuo |la tua |uw |je |seu |sua )?/;
const QUALIFIER =
  /^(?:contact|lead|customer|client|prospect|work|business|corporate|professional|primary|invitee|attendee|registrant|visitor|submitter|guest|user|kunden|geschaftliche|private|preferred|best)(?: s)? /;

/**
 * Which part of a draft a label names, or null. The comparison ignores case, accents, punctuation, `camelCase` and
 * `snake_case`, numbers (`Email-2`, `2. Email`), "(required)", and lead-ins such as "What's your …?"; the same in two
 * languages (`Name / Nom`) is one label.
 * It is exact otherwise: "Contact owner" is not a contact.
 */
export function fieldKey(label: string): FieldKey | null {
  if (label.length > 90) return null;
  const languages = label.split('/');
  if (languages.length > 1) {
    const keys = new Set(languages.map(oneKey));
    if (keys.size === 1) return [...keys][0] ?? null;
  }
  return oneKey(label);
}

function oneKey(label: string): FieldKey | null {
  const plain = plainLabel(label).replace(/^\d{1,2} /, '');
  const asked = plain.replace(LEAD_IN, '');
  for (const spelling of [plain, asked, asked.replace(QUALIFIER, '')]) {
    const key = KEY_BY_SPELLING.get(spelling) ?? KEY_BY_SPELLING.get(spelling.replace(/ \d{1,3}$/, ''));
    if (key !== undefined) return key;
  }
  return null;
}

/** A label without anything but its words, for comparing two of them. */
export function plainLabel(label: string): string {
  return label
    .replace(/\([^()]{0,40}\)/g, ' ')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Labels whose mail address is one of ours: never the prospect's. */
const OURS =
  /\b(?:owner|rep|assigned|assignee|author|organi[sz]er|host|manager|sdr|bdr|ae|cc|bcc|sent by|created by|reporter|reported by|committer|approver|on call|zustandig|verantwortlich|bearbeiter|proprietaire|responsable|propietario)\b/;

/** Whether a label speaks of someone on our side, such as `Contact owner` or `Assigned to`. */
export function namesOurSide(label: string): boolean {
  return OURS.test(plainLabel(label));
}
