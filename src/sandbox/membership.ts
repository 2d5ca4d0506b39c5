import type { Core } from './core.ts';
import type { Channel } from './types.ts';

/** Adds someone to a channel, with Slack's join message and event. Nothing happens when they are in it already. */
export function joinChannel(core: Core, channel: Channel, user: string, inviter?: string): void {
  if (channel.members.has(user)) return;
  channel.members.add(user);
  const message = core.workspace.addMessage(channel, {
    subtype: 'channel_join',
    user,
    text: `<@${user}> has joined the channel`,
    ...(inviter === undefined ? {} : { inviter }),
  });
  core.events.messagePosted(channel, message);
  core.events.memberJoined(channel, user, inviter);
  core.workspace.changed({ type: 'state' });
}

export function leaveChannel(core: Core, channel: Channel, user: string): void {
  if (!channel.members.delete(user)) return;
  core.events.memberLeft(channel, user);
  core.workspace.changed({ type: 'state' });
}
