import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { allListeners } from '../src/listeners.ts';
import { memoryLog } from './support/memory-log.ts';
import { sourceFiles } from './support/source.ts';

interface Manifest {
  display_information: { name: string; description: string; background_color: string };
  features: {
    bot_user: { display_name: string };
    slash_commands: { command: string; description: string; usage_hint?: string; should_escape?: boolean }[];
    shortcuts?: { name: string; description: string; callback_id: string }[];
  };
  oauth_config: { scopes: { bot: string[]; user?: string[] } };
  settings: {
    event_subscriptions: { bot_events: string[] };
    interactivity: { is_enabled: boolean };
    socket_mode_enabled: boolean;
  };
}

const manifest = parse(readFileSync('manifest.yml', 'utf8')) as Manifest;
const listeners = allListeners(memoryLog().log);
const product = sourceFiles().filter((file) => !['sandbox', 'demo'].includes(file.folder));

/** The events behind each kind of listener. */
const eventsOf = {
  message: ['message.channels', 'message.groups'],
  join: ['member_joined_channel'],
  user: ['user_change'],
  home: ['app_home_opened'],
  action: [],
  submit: [],
  command: [],
  shortcut: [],
  list: [],
} as const;

/** The scopes that Slack asks for, for all kinds of conversation the app works in. */
const scopesOfEvent: Record<string, string[]> = {
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  member_joined_channel: ['channels:read', 'groups:read'],
  user_change: ['users:read'],
  app_home_opened: [],
};
const scopesOfMethod: Record<string, string[]> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  // Public and private lead channels, and direct messages that may have been sent.
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'conversations.open': ['im:write'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
  'files.info': ['files:read'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
};

/** The Web API methods that the app calls: `slack.chat.update(…)`, `client.views.open(…)`. */
function calledMethods(): string[] {
  const call = /\b(?:slack|client)\.(?!on\b)([a-z]\w*)\.(\w+(?:\.\w+)*)\(/g;
  const found = product.flatMap((file) =>
    [...file.code.matchAll(call)].map(([, family = '', name = '']) => `${family}.${name}`),
  );
  return [...new Set(found)].sort();
}

function sorted(values: Iterable<string>): string[] {
  return [...new Set(values)].sort();
}

test('the scan of the source finds the calls', () => {
  expect(calledMethods()).toContain('chat.postMessage');
  expect(calledMethods()).toContain('views.open');
  for (const method of calledMethods()) expect(Object.keys(scopesOfMethod)).toContain(method);
});

describe('the manifest asks Slack for exactly what the app uses', () => {
  test('slash commands', () => {
    const registered = listeners.flatMap((entry) => (entry.on === 'command' ? [entry.name] : []));
    expect(sorted(manifest.features.slash_commands.map((entry) => entry.command))).toEqual(
      sorted(registered),
    );
  });

  test('events', () => {
    const needed = listeners.flatMap((entry) => eventsOf[entry.on]);
    expect(sorted(manifest.settings.event_subscriptions.bot_events)).toEqual(sorted(needed));
  });

  test('scopes', () => {
    const needed = [
      ...calledMethods().flatMap((method) => scopesOfMethod[method] ?? []),
      ...manifest.settings.event_subscriptions.bot_events.flatMap((event) => scopesOfEvent[event] ?? [event]),
      ...(manifest.features.slash_commands.length > 0 ? ['commands'] : []),
    ];
    expect(sorted(manifest.oauth_config.scopes.bot)).toEqual(sorted(needed));
    expect(manifest.oauth_config.scopes.user).toBeUndefined();
  });

  test('shortcuts', () => {
    const registered = listeners.flatMap((entry) => (entry.on === 'shortcut' ? [entry.name] : []));
    const asked = (manifest.features.shortcuts ?? []).map((entry) => entry.callback_id);
    expect(sorted(asked)).toEqual(sorted(registered));
    expect(asked.length).toBeLessThanOrEqual(10);
    for (const { name, description } of manifest.features.shortcuts ?? []) {
      expect(name.length, name).toBeLessThanOrEqual(24);
      expect(description.length, name).toBeLessThanOrEqual(150);
    }
  });

  test('interactivity and Socket Mode are on', () => {
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
    expect(manifest.settings.socket_mode_enabled).toBe(true);
  });

  test('no name is listened to twice', () => {
    const names = listeners.flatMap((entry) => ('name' in entry ? [`${entry.on} ${entry.name}`] : []));
    expect(names).toEqual([...new Set(names)]);
  });
});

describe("Slack's limits", () => {
  test('names and descriptions', () => {
    expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
    expect(manifest.display_information.background_color).toMatch(/^#[0-9a-f]{6}$/i);
    expect(manifest.features.bot_user.display_name).toMatch(/^[\w .-]{1,80}$/);
  });

  test('commands', () => {
    const commands = manifest.features.slash_commands;
    expect(commands.length).toBeLessThanOrEqual(50);
    expect(sorted(commands.map((entry) => entry.command))).toHaveLength(commands.length);
    for (const { command, description, usage_hint: hint } of commands) {
      expect(command).toMatch(/^\/[a-z0-9_-]{1,31}$/);
      expect(description.length).toBeLessThanOrEqual(2000);
      expect(hint?.length ?? 0).toBeLessThanOrEqual(1000);
    }
  });

  test('people are mentioned in commands by id, which only should_escape gives', () => {
    for (const { command, should_escape: escapes } of manifest.features.slash_commands) {
      expect(escapes, command).toBe(true);
    }
  });

  test('nothing is listed twice', () => {
    const { bot } = manifest.oauth_config.scopes;
    const { bot_events: events } = manifest.settings.event_subscriptions;
    expect(bot).toEqual([...new Set(bot)]);
    expect(events).toEqual([...new Set(events)]);
  });
});
