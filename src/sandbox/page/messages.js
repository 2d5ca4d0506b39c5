import { Component } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { interact, invite, runShortcut } from './actions.js';
import { Attachment, Blocks } from './blocks.js';
import { Composer } from './composer.js';
import { AppHeader } from './home.js';
import { cx, html } from './html.js';
import { Link, Mrkdwn } from './mrkdwn.js';
import { Avatar, authorOf, nameOf } from './people.js';
import { MenuButton } from './popover.js';
import { Scope } from './scope.js';
import { channelById, counterpart, go, hashOf, state, zone } from './store.js';
import { ago, dayKey, dayLabel, msOf, timeOf } from './time.js';

const PAGE = 200;

const isReply = (message) => message.thread_ts !== undefined && message.thread_ts !== message.ts;
const visible = (message) => !message.ephemeral_to || message.ephemeral_to === state.me;

/** The messages of a thread, root first, as the acting person sees them. */
export const threadOf = (messages, ts) =>
  messages.filter((message) => visible(message) && (message.ts === ts || message.thread_ts === ts));

const about = ({ pretty_type: pretty, filetype, size }) =>
  [pretty ?? filetype ?? 'File', size && `${Math.max(1, Math.round(size / 1024))} KB`]
    .filter(Boolean)
    .join(' · ');

function Files({ files = [] }) {
  return files.map(
    (file) =>
      html`<div class="file-card">
        <span aria-hidden="true">📄</span>
        <div>
          <${Link} url=${file.permalink ?? file.url_private ?? ''}><b>${file.title ?? file.name}</b><//>
          <small>${about(file)}</small>
        </div>
      </div>`,
  );
}

/** What people type arrives as text and as rich text that says the same; the text knows more of the marks. */
const isTyped = ({ bot_id, blocks }) => !bot_id && blocks?.length === 1 && blocks[0].type === 'rich_text';

function Body({ message }) {
  const edited = message.edited && html`<span class="edited">(edited)</span>`;
  const blocks = isTyped(message) ? [] : (message.blocks ?? []);
  const text = blocks.length > 0 ? null : message.text;
  return html` ${text && html`<div class="text"><${Mrkdwn} text=${text} /> ${edited}</div>`}
    ${blocks.length > 0 && html`<${Blocks} blocks=${blocks} />`}
    ${message.attachments?.map((one, index) => html`<${Attachment} key=${one.id ?? index} of=${one} />`)}
    <${Files} files=${message.files} />
    ${!text && edited}`;
}

function ThreadSummary({ message, replies, channel }) {
  const count = message.reply_count ?? replies?.length ?? 0;
  if (count === 0) return null;
  const last = message.latest_reply ?? replies?.at(-1)?.ts;
  const authors = [
    ...new Map((replies ?? []).map((reply) => [authorOf(reply).id, authorOf(reply)])).values(),
  ].slice(0, 4);
  return html`<a class="thread-summary" href=${hashOf(channel, message.ts)} data-replies=${count}>
    ${authors.map((author) => html`<${Avatar} ...${author} size=${22} />`)}
    <b>${count} ${count === 1 ? 'reply' : 'replies'}</b>
    ${last && html`<span class="muted">Last reply ${ago(msOf(last), state.now)}</span>`}
  </a>`;
}

function Toolbar({ message, channel, inThread }) {
  const shortcuts = state.shortcuts
    .filter((shortcut) => shortcut.type === 'message')
    .map((shortcut) => ({
      label: shortcut.name,
      hint: shortcut.description,
      'data-callback-id': shortcut.callback_id,
      run: () => void runShortcut(shortcut, { channel, messageTs: message.ts }),
    }));
  const reply = () => go(hashOf(channel, message.thread_ts ?? message.ts));
  return html`<div class="toolbar">
    ${
      !inThread &&
      html`<button
        type="button"
        class="icon-btn"
        aria-label="Reply in thread"
        title="Reply in thread"
        onClick=${reply}
      >
        💬
      </button>`
    }
    <${MenuButton} class="icon-btn" label="More actions" heading="Message shortcuts" items=${shortcuts}>⋮<//>
  </div>`;
}

/** One message. Painted again only when it, its replies, or who looks has changed. */
export class Message extends Component {
  scope = {
    form: null,
    act: (action) => interact({ channel: this.props.channel, messageTs: this.props.message.ts }, action),
  };

  shouldComponentUpdate(next) {
    return ['message', 'compact', 'inThread', 'stamp', 'replies'].some(
      (key) => next[key] !== this.props[key],
    );
  }

  render({ message, channel, compact, inThread, replies }) {
    const author = authorOf(message);
    const time = timeOf(msOf(message.ts), zone());
    const full = `${dayLabel(msOf(message.ts), zone(), state.now)} at ${time}`;
    const ephemeral = Boolean(message.ephemeral_to);
    return html`<article
      class=${cx('message', compact && 'is-compact', ephemeral && 'is-ephemeral')}
      data-ts=${message.ts}
      data-author=${author.id}
      data-ephemeral=${ephemeral || undefined}
      aria-label=${`${author.name}, ${time}`}
    >
      <div class="gutter">
        ${compact ? html`<time title=${full}>${time.replace(/ [AP]M/, '')}</time>` : html`<${Avatar} ...${author} />`}
      </div>
      <div class="content">
        ${ephemeral && html`<div class="only-you"><span aria-hidden="true">👁</span> Only visible to you</div>`}
        ${
          !compact &&
          html`<div class="byline">
            <b class="author">${author.name}</b>${author.isApp && html`<span class="badge-app">APP</span>`}
            <time title=${full}>${inThread ? full : time}</time>
          </div>`
        }
        <${Scope.Provider} value=${this.scope}><${Body} message=${message} /><//>
        ${!inThread && html`<${ThreadSummary} message=${message} replies=${replies} channel=${channel} />`}
      </div>
      ${!ephemeral && html`<${Toolbar} message=${message} channel=${channel} inThread=${inThread} />`}
    </article>`;
  }
}

/** What else a message's look depends on: who looks, at which minute, and who and what has a name. */
export const stampOf = () =>
  [
    state.me,
    Math.floor(state.now / 60_000),
    state.users.length,
    state.channels.length,
    state.shortcuts.length,
  ].join();

/** A scroll container that stays at its end while the reader is there, whatever grows in it. */
export function useStickyScroll(key) {
  const ref = useRef(null);
  const stuck = useRef(true);
  const toEnd = () => stuck.current && ref.current && (ref.current.scrollTop = ref.current.scrollHeight);
  useLayoutEffect(() => {
    stuck.current = true;
    toEnd();
  }, [key]);
  useLayoutEffect(toEnd);
  useEffect(() => {
    const observer = new ResizeObserver(toEnd);
    observer.observe(ref.current);
    observer.observe(ref.current.firstElementChild);
    return () => observer.disconnect();
  }, [key]);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = ref.current;
    stuck.current = scrollHeight - scrollTop - clientHeight < 60;
  };
  return { ref, onScroll, stuck };
}

function rowsOf(list) {
  const tz = zone();
  let day = null;
  let before = null;
  return list.map((message) => {
    const key = dayKey(msOf(message.ts), tz);
    const starts = key !== day;
    const follows =
      !starts &&
      before &&
      before.user &&
      before.user === message.user &&
      !message.bot_id &&
      !message.username &&
      !message.ephemeral_to &&
      !before.ephemeral_to &&
      msOf(message.ts) - msOf(before.ts) < 300_000;
    day = key;
    before = message;
    return { message, compact: Boolean(follows), day: starts ? key : null };
  });
}

function List({ channel, messages, at }) {
  const [limit, setLimit] = useState(PAGE);
  const { ref, onScroll, stuck } = useStickyScroll(channel);
  const anchor = useRef(null);
  const { top, replies } = useMemo(() => {
    const byThread = new Map();
    for (const message of messages ?? []) {
      if (isReply(message) && visible(message))
        byThread.set(message.thread_ts, [...(byThread.get(message.thread_ts) ?? []), message]);
    }
    const shown = (messages ?? []).filter(
      (message) => visible(message) && (!isReply(message) || message.subtype === 'thread_broadcast'),
    );
    return { top: shown, replies: byThread };
  }, [messages, state.me]);
  const stamp = stampOf();
  const rows = useMemo(() => rowsOf(top.slice(-limit)), [top, limit, stamp]);

  // Earlier messages are added above: what the reader looks at must not move.
  useLayoutEffect(() => {
    if (anchor.current !== null) ref.current.scrollTop += ref.current.scrollHeight - anchor.current;
    anchor.current = null;
  }, [limit]);
  const earlier = () => {
    anchor.current = ref.current.scrollHeight;
    stuck.current = false;
    setLimit(limit + PAGE);
  };
  const loaded = messages !== undefined;
  useEffect(() => {
    const target = at && ref.current.querySelector(`[data-ts="${at}"]`);
    if (!target) return;
    stuck.current = false;
    target.scrollIntoView({ block: 'center' });
    target.classList.add('is-target');
  }, [at, loaded]);

  return html`<div
    class="scroll"
    ref=${ref}
    onScroll=${onScroll}
    tabindex="0"
    role="log"
    aria-label="Messages"
    data-testid="messages"
  >
    <div class="list">
      ${
        top.length > limit &&
        html`<div class="earlier">
          <button type="button" class="btn btn-small" onClick=${earlier}>Show earlier</button>
        </div>`
      }
      ${
        loaded &&
        top.length === 0 &&
        html`<div class="empty"><b>It’s quiet here</b>Nobody has written in this conversation yet.</div>`
      }
      ${rows.map(({ message, compact, day }) => [
        day &&
          html`<div class="day" key=${`day-${day}`} role="separator">
            <span>${dayLabel(msOf(message.ts), zone(), state.now)}</span>
          </div>`,
        html`<${Message}
          key=${message.ts}
          message=${message}
          channel=${channel}
          compact=${compact}
          stamp=${stamp}
          replies=${replies.get(message.ts)}
        />`,
      ])}
    </div>
  </div>`;
}

function ChannelHeader({ channel }) {
  const other = channel.is_im ? counterpart(channel) : null;
  if (other?.app) return html`<${AppHeader} app=${other.app} tab="messages" />`;
  if (other)
    return html`<${Avatar} id=${other.id} name=${nameOf(other.id)} size=${28} />
      <h1>${nameOf(other.id)}</h1>`;
  const members = channel.members ?? [];
  const others = state.users.filter((user) => !members.includes(user.id));
  const items = others.map((user) => ({
    label: `Add ${nameOf(user.id)}`,
    hint: user.is_bot ? 'App' : undefined,
    run: () => void invite(channel.id, user.id),
  }));
  return html`<h1><span class="muted">${channel.is_private ? '🔒' : '#'}</span> ${channel.name}</h1>
    <span class="spacer"></span>
    <${MenuButton}
      class="btn btn-small members"
      label=${`${members.length} members`}
      heading=${members.map(nameOf).join(', ')}
      items=${items}
    >
      <span aria-hidden="true">👥</span> ${members.length}<//
    >`;
}

/** A conversation: its header, its messages and where one writes. */
export function Conversation({ place, messages }) {
  const channel = channelById(place.id);
  const other = channel.is_im ? nameOf(counterpart(channel).id) : `#${channel.name}`;
  return html`<main class="main" data-conversation=${channel.id}>
    <header class="main-head"><${ChannelHeader} channel=${channel} /></header>
    <${List}
      key=${`${state.me}-${channel.id}`}
      channel=${channel.id}
      messages=${messages}
      at=${place.thread ? null : place.at}
    />
    <${Composer}
      key=${`composer-${state.me}-${channel.id}`}
      channel=${channel.id}
      label=${`Message ${other}`}
    />
  </main>`;
}
