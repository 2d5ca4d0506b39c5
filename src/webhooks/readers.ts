import { readCalendly } from './calendly.ts';
import { readGeneric } from './generic.ts';
import { readHubSpot } from './hubspot.ts';
import type { SourceKind } from './kinds.ts';
import type { Mapping } from './mapping.ts';
import type { Reading } from './reading.ts';
import { readTally } from './tally.ts';
import { readTypeform } from './typeform.ts';
import { readWebflow } from './webflow.ts';

/** Reads what a source of this kind has sent. Pure, and never throws, whatever the payload. */
export function readPayload(
  source: { kind: SourceKind; name: string; mapping: Mapping },
  payload: unknown,
): Reading {
  switch (source.kind) {
    case 'typeform':
      return readTypeform(payload);
    case 'tally':
      return readTally(payload);
    case 'calendly':
      return readCalendly(payload);
    case 'hubspot':
      return readHubSpot(payload);
    case 'webflow':
      return readWebflow(payload);
    case 'json':
    case 'token':
      return readGeneric(payload, source);
  }
}
