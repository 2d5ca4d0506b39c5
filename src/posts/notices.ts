/** Apps that report on machines, code and calendars. Their posts name colleagues, never prospects. */
const NOTICE_APPS =
  /\b(?:google calendar|outlook calendar|calendar|github|gitlab|bitbucket|jira|linear|asana|trello|pager ?duty|opsgenie|datadog|sentry|grafana|new relic|jenkins|circleci|buildkite|statuspage|dependabot|uptime ?robot|pingdom|cloudwatch|standuply|geekbot)\b/i;

const NOTICE_START =
  /^[^\p{L}]*(?:reminder|deploy\w*|incident|calendar|resolved|triggered|outage|build|pipeline|rollback|erinnerung|rappel|recordatorio)\b/iu;

const NOTICE =
  /\b(?:deploy(?:ed|ment|ing)?|build (?:failed|passed|succeeded|broken|#\d+)|pipeline (?:failed|passed|succeeded)|incidents?|alerts?|outage|downtime|on-?call|pull request|merge request|merged|commit(?:s|ted)?|rollback|backup|cron|errors?|failed|exceptions?|stack ?trace|cpu|disk|certificate|tickets?|payments?|invoices?|refund|receipt|chargeback|abwesenheit|facture|factura|invitation|(?:starts|starting|begins) (?:in|at|now|soon)|accepted your|has declined|stand-?up|out of office|birthday|erinnerung|termin beginnt|calendrier)\b/i;

/** News about customers, colleagues and accounts, even where they say "request" or name a form. */
const OTHER_BUSINESS =
  /\b(?:cancell?ed|abgesagt|storniert|annulée?|cancelad[oa]|annullat[oa]|geannuleerd|(?:support|help ?desk) (?:ticket|request|case)|tickets? (?:#|no\.? ?)?\d+|new ticket|ticket (?:opened|created|updated|closed|solved)|(?:deal|opportunity) (?:won|lost|closed|moved|updated|reopened)|closed[ -](?:won|lost)|invoice (?:#|no\.? ?)?[\w-]*\d|invoice (?:paid|sent|due|overdue)|payment (?:received|failed|succeeded|declined|of|from)|password reset|reset (?:of )?(?:the |your )?password|passwort zur(?:ü|ue)ck\w+|new (?:log-?in|sign-in)|verification code|(?:time off|leave|vacation|expense|pull|merge|review) request|calendar invit\w+|meeting (?:moved|cancell?ed|rescheduled|accepted|declined|reminder|notes|starts)|(?:event|meeting|invitation) (?:accepted|declined|updated)|rechnung (?:#|nr\.? ?)?\d+|zahlung (?:eingegangen|fehlgeschlagen))\b/i;

const LEAD_NEWS =
  /\b(?:leads?|sign-?ups?|signed up|demo|requested|submissions?|submitted|inquiry|enquiry|anfrage|registered|registration|subscribed|booked|trial|prospect|contact form|kontaktformular|formulaire|formulario|demande|solicitud)\b/i;

/** Words of English, German, French, Spanish, Italian, Dutch and Portuguese that make an app's sentence one on a lead. */
const LEAD_WORD =
  /(?<![\p{L}\p{N}])(?:leads?|prospects?|sign(?:ed|s)?[ -]?ups?|(?:web|type|jot)?forms?|demos?|trials?|requests?|requested|contact(?:s|ed)?(?!\s+\S{1,64}@)|enquir(?:y|ies)|inquir(?:y|ies)|enquired|inquired|registered|registrations?|subscribed|subscribers?|submissions?|submitted|download(?:s|ed)?|booked|bookings?|webinars?|newsletters?|quotes?|call ?backs?|missed call|new message|interested|wants?|\p{L}{0,20}anfragen?|anmeldung(?:en)?|angemeldet|registriert|interessent(?:in|en)?|kontakt\p{L}{0,20}|formular|nachricht von|rückruf|heruntergeladen|demande|formulaire|inscription|inscrite?|téléchargé|intéressée?|solicitud|formulario|registrad[oa]|inscripción|descargad[oa]|contatt[oi]|richiesta|iscrizione|iscritt[oa]|modulo|aanvraag|formulier|inschrijving|aangemeld|solicitação|contato|formulário|inscrição)(?![\p{L}\p{N}])/iu;

/** Whether an app's post is news of another kind, judged by its sender and its first unlabelled lines. */
export function isNotice(sender: string | null, headings: string[]): boolean {
  if (sender !== null && NOTICE_APPS.test(sender)) return true;
  // What an emoji is called says nothing: `:calendar: New booking` is no calendar's notice.
  const heading = headings
    .join('\n')
    .slice(0, 1_000)
    .replace(/:[a-z0-9_+-]{1,40}:/g, ' ');
  if (NOTICE_START.test(heading) || OTHER_BUSINESS.test(heading)) return true;
  return NOTICE.test(heading) && !LEAD_NEWS.test(heading);
}

/** Whether a text speaks of somebody who came to us. */
export function saysLeadNews(text: string): boolean {
  return LEAD_WORD.test(text.slice(0, 2_000));
}
