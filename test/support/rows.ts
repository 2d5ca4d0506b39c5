import { readFileSync } from 'node:fs';
import { workingCalendar } from '../../src/calendar/working-calendar.ts';
import type { FlagRow, LeadRow, PersonRow, TouchRow } from '../../src/db/schema.ts';
import { parsePlaybook } from '../../src/playbook/parse.ts';
import type { Team } from '../../src/team/team.ts';

/** Tuesday, 3 November 2026, 11:00 in Berlin. */
export const someTime = Date.UTC(2026, 10, 3, 10, 0);

/** The playbook that comes with the app. */
export const standardPlaybook = parsePlaybook(readFileSync('data/playbook.yml', 'utf8'), 'data/playbook.yml');

/** A lead of Alice's with one attempt behind it. */
export function leadRow(parts: Partial<LeadRow> = {}): LeadRow {
  return {
    id: 7,
    team_id: 'T0ACME',
    sales_team_id: 1,
    channel_id: 'C0LEADS',
    way: 'post',
    origin_channel_id: 'C0LEADS',
    origin_ts: '1795000000.000100',
    origin_deleted_at: null,
    added_by: null,
    import_id: null,
    state: 'working',
    held_reasons: null,
    name: 'Ada Lovelace',
    name_key: 'ada lovelace',
    email: 'ada@analytical.example',
    email_key: 'ada@analytical.example',
    phone: '+4930901820',
    account: 'Analytical Engines',
    account_key: 'analytical.example',
    title: 'Programmer',
    source: 'HubSpot: Demo request',
    form: 'Demo request',
    page: null,
    campaign: null,
    details: '[]',
    marketing_persona: null,
    sales_persona: null,
    message: 'Please call me',
    rank: 'A',
    rank_reason: 'asked for a demo',
    playbook_version: 1,
    cadence_epoch: 1,
    cadence_started_at: someTime - 7_200_000,
    cadence_arrived_at: null,
    owner_id: 'U0ALICE',
    owned_at: someTime - 7_200_000,
    attempts: 1,
    first_touch_at: someTime - 3_600_000,
    last_touch_at: someTime - 3_600_000,
    last_touch_kind: 'email',
    replied_at: null,
    next_attempt_at: someTime + 3_600_000,
    nudge_at: null,
    snoozed_until: null,
    resolution: null,
    answered: null,
    resolution_note: null,
    resolved_at: null,
    resolved_by: null,
    created_at: someTime - 10_000_000,
    country: null,
    language: null,
    account_size: null,
    waits_for: null,
    ladder_step: 0,
    ladder_from: null,
    ladder_at: null,
    next_step: null,
    next_step_at: null,
    next_step_set_at: null,
    next_step_all_day: 0,
    step_due_at: null,
    return_at: null,
    obstacle: null,
    resolution_reason: null,
    answer: null,
    needs_answer: null,
    ignored_at: null,
    redraw_at: null,
    ...parts,
  };
}

export function touchRow(parts: Partial<TouchRow> = {}): TouchRow {
  return {
    id: 5,
    team_id: 'T0ACME',
    sales_team_id: 1,
    lead_id: 7,
    person_id: null,
    user_id: 'U0ALICE',
    kind: 'email',
    message: null,
    cadence_epoch: 1,
    attempt: 1,
    note: null,
    at: someTime - 3_600_000,
    logged_at: someTime - 3_600_000,
    undone_at: null,
    ...parts,
  };
}

export function personRow(parts: Partial<PersonRow> = {}): PersonRow {
  return {
    id: 4,
    team_id: 'T0ACME',
    sales_team_id: 1,
    lead_id: 7,
    name: 'Bob Byte',
    name_key: 'bob byte',
    email: 'bob@analytical.example',
    email_key: 'bob@analytical.example',
    phone: null,
    title: null,
    added_by: 'U0ALICE',
    at: someTime - 3_600_000,
    removed_at: null,
    ...parts,
  };
}

export function flagRow(parts: Partial<FlagRow> = {}): FlagRow {
  return {
    id: 3,
    team_id: 'T0ACME',
    sales_team_id: 1,
    lead_id: 7,
    user_id: 'U0BOB',
    reason: 'too_small',
    reason_label: 'Company too small',
    source: 'HubSpot: Demo request',
    rank: 'A',
    attempt: 1,
    at: someTime,
    undone_at: null,
    ...parts,
  };
}

export function someTeam(parts: Partial<Team> = {}): Team {
  return {
    id: 1,
    name: 'Inbound',
    mode: 'claim',
    rankModes: {},
    sameAccountFirst: true,
    blindClaim: false,
    marketingChannelId: 'C0MARKETING',
    workingDays: [1, 2, 3, 4, 5],
    dayStart: '09:00',
    dayEnd: '17:00',
    region: null,
    calendar: workingCalendar({ zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' }),
    calendars: new Map(),
    absences: [],
    reps: ['U0ALICE', 'U0BOB'],
    managers: ['U0MONA'],
    ...parts,
  };
}
