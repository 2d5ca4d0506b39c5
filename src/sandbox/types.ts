/** A JSON object whose shape is not (or not fully) known: most of what Slack and its apps exchange. */
export type Fields = Record<string, unknown>;

/** The parts of an app's `manifest.yml` that the sandbox reads; anything else in it is ignored. */
export interface Manifest {
  display_information?: { name?: string; description?: string };
  features?: {
    bot_user?: { display_name?: string };
    app_home?: { home_tab_enabled?: boolean; messages_tab_enabled?: boolean };
    slash_commands?: {
      command: string;
      description?: string;
      usage_hint?: string;
      should_escape?: boolean;
    }[];
    shortcuts?: { name: string; type: string; callback_id: string; description?: string }[];
  };
  oauth_config?: { scopes?: { bot?: string[] } };
  settings?: {
    event_subscriptions?: { bot_events?: string[] };
    interactivity?: { is_enabled?: boolean };
    socket_mode_enabled?: boolean;
  };
}

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
}

export interface SandboxSeed {
  team: { id: string; name: string; domain: string };
  users: SeedUser[];
  channels: { id: string; name: string; members: string[]; is_private?: boolean }[];
  apps: SandboxApp[];
}

/** A message as Slack documents it, plus `ephemeral_to` where only one person sees it. */
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
  /** The person who alone sees this message; never part of what the Web API returns. */
  ephemeral_to?: string;
}

export interface Channel {
  id: string;
  name: string;
  kind: 'channel' | 'group' | 'im' | 'mpim';
  members: Set<string>;
  isArchived: boolean;
  /** Unix seconds. */
  created: number;
  /** Every message, thread replies and ephemeral ones included, oldest first. */
  messages: Message[];
  byTs: Map<string, Message>;
  /** Replies by the `ts` of the message that started the thread. */
  threads: Map<string, Message[]>;
}

/** The values of a view's elements, by block_id and action_id. */
export type StateValues = Record<string, Record<string, Fields>>;

/** A modal or Home as `views.open` answers it. */
export interface View extends Fields {
  id: string;
  type: 'modal' | 'home';
  app_id: string;
  callback_id: string;
  external_id: string;
  private_metadata: string;
  blocks: Fields[];
  state: { values: StateValues };
  hash: string;
  root_view_id: string;
  previous_view_id: string | null;
  clear_on_close: boolean;
  notify_on_close: boolean;
}

/** A view in front of a person, with what its form complains of by block_id. */
export interface OpenView {
  view: View;
  user: string;
  errors?: Record<string, string>;
}

export interface StoredFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  user: string;
  /** Unix seconds. */
  created: number;
  content: Buffer;
  channels: Set<string>;
  isComplete: boolean;
  altText?: string;
}

/** What the web page and the tests listen to: something changed, go and look. */
export type Change =
  | { type: 'message'; channel: string }
  | { type: 'view'; user: string }
  | { type: 'home'; user: string }
  | { type: 'clock'; now: number }
  | { type: 'notice'; user: string; text: string }
  | { type: 'log' }
  | { type: 'state' };

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
