/** Apps that report on machines, code and calendars. Their posts name colleagues, never prospects. */
const NOTICE_APPS =
  /\b(?:google calendar|outlook calendar|calendar|github|gitlab|bitbucket|jira|linear|asana|trello|pager ?duty|opsgenie|datadog|sentry|grafana|new relic|jenkins|circleci|buildkite|statuspage|dependabot|uptime ?robot|pingdom|cloudwatch|standuply|geekbot)\b/i;

const NOTICE_START =
  /^[^\p{L}]*(?:reminder|deploy\w*|incident|calendar|resolved|triggered|outage|build|pipeline|rollback|erinnerung|rappel|recordatorio)\b/iu;

const NOTICE =
  /\b(?:deploy(?:ed|ment|ing)?|build (?:failed|passed|succeeded|broken|#\d+)|pipeline (?:failed|passed|succeeded)|incidents?|alerts?|outage|downtime|on-?call|pull request|merge request|merged|commit(?:s|ted)?|rollback|backup|cron|error rate|exceptions?|stack ?trace|cpu|disk|certificate|password reset|payment failed|invoice|invitation|(?:starts|starting|begins) (?:in|at|now|soon)|accepted your|has declined|stand-?up|out of office|birthday|erinnerung|termin beginnt|calendrier)\b/i;

const LEAD_NEWS =
  /\b(?:leads?|sign-?ups?|signed up|demo|requested|submissions?|submitted|inquiry|enquiry|anfrage|registered|registration|subscribed|booked|trial|prospect|contact form|kontaktformular|formulaire|formulario|demande|solicitud)\b/i;

/** Whether an app's post is news of another kind, judged by its sender and its first unlabelled lines. */
export function isNotice(sender: string | null, headings: string[]): boolean {
  if (sender !== null && NOTICE_APPS.test(sender)) return true;
  const heading = headings.join('\n').slice(0, 1_000);
  if (NOTICE_START.test(heading)) return true;
  return NOTICE.test(heading) && !LEAD_NEWS.test(heading);
}
