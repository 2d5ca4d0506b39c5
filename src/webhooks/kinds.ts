interface KindOfSource {
  label: string;
  /** `ours`: made here only; `either`: made here or pasted; `theirs`: the service makes it, once it has the address. */
  secret: 'ours' | 'either' | 'theirs';
  /** Any JSON object: a manager may say where our fields are in it. */
  mapped: boolean;
  /** Where the address and the secret go, as mrkdwn. */
  paste: string;
}

/** Everything that may send leads to an address of ours. The keys are stored. */
export const kinds = {
  typeform: {
    label: 'Typeform',
    secret: 'either',
    mapped: false,
    paste:
      'In Typeform open the form, then *Connect* → *Webhooks* → *Add a webhook*. Paste the address, choose *Edit* and paste the secret, then switch the webhook on.',
  },
  tally: {
    label: 'Tally',
    secret: 'either',
    mapped: false,
    paste:
      'In Tally open the form, then *Integrations* → *Webhooks* → *Connect*. Paste the address, choose *Add signing secret* and paste the secret.',
  },
  calendly: {
    label: 'Calendly',
    secret: 'either',
    mapped: false,
    paste:
      'Calendly takes webhooks by its API only: create a webhook subscription with this address as `url`, the secret as `signing_key` and `invitee.created` in `events`.',
  },
  hubspot: {
    label: 'HubSpot workflow',
    secret: 'either',
    mapped: false,
    paste:
      'In the HubSpot workflow add *Send a webhook*, method POST, and paste the address. Authenticate with an API key: the header `X-API-Key` with the secret. (Signed with an app: paste the app’s client secret here instead.)',
  },
  webflow: {
    label: 'Webflow',
    secret: 'theirs',
    mapped: false,
    paste:
      'In Webflow open *Site settings* → *Apps & integrations* → *Webhooks*, add one for form submissions with this address (API version 2). Webflow then shows its secret key: come back here and paste it with *Rotate secret*.',
  },
  json: {
    label: 'Other, signed (Standard Webhooks)',
    secret: 'either',
    mapped: true,
    paste:
      'Send each lead as a JSON object with POST to this address, signed as standardwebhooks.com says, with this secret. If the sender makes the secret itself, paste it here with *Rotate secret*.',
  },
  token: {
    label: 'Other, with a bearer token',
    secret: 'ours',
    mapped: true,
    paste:
      'Send each lead as a JSON object with POST to this address, with the header `Authorization: Bearer` and the secret.',
  },
} as const satisfies Record<string, KindOfSource>;

export type SourceKind = keyof typeof kinds;

export function isSourceKind(text: string): text is SourceKind {
  return Object.hasOwn(kinds, text);
}

export function kindOf(kind: SourceKind): KindOfSource {
  return kinds[kind];
}
