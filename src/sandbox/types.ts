import type { Manifest } from './manifest.ts';
import type { Fields } from './values.ts';

export type { Fields, Manifest };
export type { Channel } from './workspace.ts';
export type { StoredFile } from './files.ts';

export interface SandboxApp {
  id: string;
  name: string;
  botUserId: string;
  botId: string;
  botToken: string;
  /** The app-level token (`xapp-…`) that opens Socket Mode connections. */
  appToken?: string;
  signingSecret: string;
  manifest: Manifest;
  /** When set, everything is delivered by signed HTTP to this address instead of over Socket Mode. */
  requestUrl?: string;
}

export interface SeedUser {
  id: string;
  name: string;
  real_name: string;
  /** IANA name, for example `Europe/Berlin`. */
  tz: string;
  is_bot?: boolean;
  is_admin?: boolean;
  email?: string;
  status?: { text: string; emoji: string; expiration: number };
  /** Unix seconds until which this person wants no notifications. */
  dnd_until?: number;
  /** Deactivated by an admin. */
  deleted?: boolean;
}

export interface SandboxSeed {
  team: { id: string; name: string; domain: string };
  users: SeedUser[];
  channels: { id: string; name: string; members: string[]; is_private?: boolean }[];
  apps: SandboxApp[];
}

/** A message as Slack documents it, plus the person who alone sees it (`ephemeral_to`). */
export interface Message extends Fields {
  type: 'message';
  ts: string;
  text: string;
  subtype?: string;
  user?: string;
  bot_id?: string;
  app_id?: string;
  thread_ts?: string;
  blocks?: Fields[];
  attachments?: Fields[];
  metadata?: { event_type: string; event_payload: Fields };
  ephemeral_to?: string;
}

/** The values of a view's elements, by block_id and action_id. */
export type StateValues = Record<string, Record<string, Fields>>;

/** A modal or Home as `views.open` answers it. */
export interface View extends Fields {
  id: string;
  type: 'modal' | 'home';
  app_id: string;
  callback_id: string;
  private_metadata: string;
  blocks: Fields[];
  state: { values: StateValues };
  hash: string;
  root_view_id: string;
  clear_on_close: boolean;
  notify_on_close: boolean;
}

/** A view in front of a person, with what its form complains of by block_id. */
export type OpenView = { view: View; user: string; errors?: Record<string, string> };

/** What the web page and the tests listen to: something changed, go and look. */
export type Change =
  | { type: 'message'; channel: string }
  | { type: 'view' | 'home'; user: string }
  | { type: 'clock'; now: number }
  | { type: 'notice'; user: string; text: string }
  | { type: 'log' | 'state' };

/** What became of something a person did that an app had to answer. */
export interface Outcome {
  /** Accepted by the app: acknowledged in time and, for a form, without errors. */
  ok: boolean;
  acked: boolean;
  /** Real milliseconds until the acknowledgement. */
  ms: number;
  /** What Slack tells the person when the app did not answer, for example `operation_timeout`. */
  notice?: string;
  /** A form's errors by block_id, from the app or from Slack's own checks. */
  errors?: Record<string, string>;
}
