import { Component } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { interact, shortcutItems } from './actions.js';
import { Attachment, Blocks } from './blocks.js';
import { cx, html } from './html.js';
import { AppBadge, Avatar, authorOf } from './people.js';
import { MenuButton } from './popover.js';
import { Scope } from './scope.js';
import { go, hashOf, isReply, isVisible, state, zone } from './store.js';
import { Link, Mrkdwn } from './text.js';
import { ago, dayKey, dayLabel, msOf, shortDate, timeOf } from './time.js';

/** So many messages are painted at first, and more with each "Show earlier". */
const PAGE = 200;

export const repliesText = (count) => `${count} ${count === 1 ? 'reply' : 'replies'}`;

function File({ file }) {
  const about = [
    file.pretty_type ?? file.filetype ?? 'File',
    file.size && `${Math.ceil(file.size / 1024)} KB`,
  ];
  return html`<div class="row box pad"><span aria-hidden="true">📄</span><div>
    <${Link} url=${file.permalink ?? file.url_private}><b>${file.title ?? file.name}</b><//>
    <small>${about.filter(Boolean).join(' · ')}</small>
  </div></div>`;
}

function Body({ message: { text, bot_id: bot, blocks = [], attachments, files, edited } }) {
  // What people type arrives as text and as rich text that says the same; the text knows more of the marks.
  const isTyped = !bot && blocks.length === 1 && blocks[0].type === 'rich_text';
  const isText = isTyped || blocks.length === 0;
  return html`
    ${isText ? text && html`<div><${Mrkdwn} text=${text} /></div>` : html`<${Blocks} blocks=${blocks} />`}
    ${attachments?.map((one, index) => html`<${Attachment} key=${index} of=${one} />`)}
    ${files?.map((file) => html`<${File} key=${file.id} file=${file} />`)}
    ${edited && html`<small> (edited)</small>`}`;
}

function ThreadSummary({ message, replies = [], channel }) {
  const count = message.reply_count ?? replies.length;
  if (count === 0) return null;
  const last = message.latest_reply ?? replies.at(-1)?.ts;
  const authors = new Map(replies.map(authorOf).map((author) => [author.id, author]));
  return html`<a class="thread-summary row small" href=${hashOf(channel, message.ts)} data-replies=${count}>
    ${[...authors.values()].slice(0, 4).map((author) => html`<${Avatar} ...${author} size=${22} />`)}
    <b>${repliesText(count)}</b>${last && html`<span class="muted">Last reply ${ago(msOf(last), state.now)}</span>`}
  </a>`;
}

const Toolbar = ({ message, channel, inThread }) => html`<div class="toolbar box">
  ${
    !inThread &&
    html`<button type="button" class="icon-btn" aria-label="Reply in thread" title="Reply in thread"
    onClick=${() => go(hashOf(channel, message.thread_ts ?? message.ts))}>💬</button>`
  }
  <${MenuButton} class="icon-btn" label="More actions" heading="Message shortcuts"
    items=${shortcutItems('message', { channel, messageTs: message.ts })}>⋮<//>
</div>`;

/** What else a message's look depends on: who looks, at which minute, and who and what has a name. */
const stampOf = () =>
  [state.me, Math.floor(state.now / 60_000), state.users.length, state.channels.length].join();

/** One message. Painted again only when it, its replies, or what it depends on has changed. */
export class Message extends Component {
  scope = {
    form: null,
    act: (action) => interact({ channel: this.props.channel, messageTs: this.props.message.ts }, action),
  };

  shouldComponentUpdate(next) {
    const hasChanged = this.stamp !== stampOf();
    return hasChanged || ['message', 'isCompact', 'replies'].some((key) => next[key] !== this.props[key]);
  }

  render({ message, channel, isCompact, inThread, replies }) {
    this.stamp = stampOf();
    const author = authorOf(message);
    const ms = msOf(message.ts);
    const time = timeOf(ms, zone());
    const full = `${dayLabel(ms, zone(), state.now)} at ${time}`;
    const isEphemeral = message.ephemeral_to !== undefined;
    return html`<article class=${cx('message', isCompact && 'is-compact', isEphemeral && 'is-ephemeral')}
      data-ts=${message.ts} data-author=${author.id} data-ephemeral=${isEphemeral || undefined}
      aria-label=${`${author.name}, ${time}`}>
      <div class="gutter muted">
        ${isCompact ? html`<time title=${full}>${time.replace(/ [AP]M/, '')}</time>` : html`<${Avatar} ...${author} />`}
      </div>
      <div class="grow">
        ${isEphemeral && html`<small>👁 Only visible to you</small>`}
        ${
          !isCompact &&
          html`<div class="byline row">
          <b class="clip">${author.name}</b>${author.isApp && html`<${AppBadge} />`}
          <time class="muted small" title=${full}>${inThread ? shortDate(ms, zone()) : time}</time>
        </div>`
        }
        <${Scope.Provider} value=${this.scope}><${Body} message=${message} /><//>
        ${!inThread && html`<${ThreadSummary} message=${message} replies=${replies} channel=${channel} />`}
      </div>
      ${!isEphemeral && html`<${Toolbar} message=${message} channel=${channel} inThread=${inThread} />`}
    </article>`;
  }
}

/** A scroll container that stays at its end while the reader is there, whatever grows in it. */
export function useStickyScroll() {
  const ref = useRef(null);
  const isStuck = useRef(true);
  const toEnd = () => isStuck.current && ref.current && (ref.current.scrollTop = ref.current.scrollHeight);
  useLayoutEffect(toEnd);
  useEffect(() => {
    const observer = new ResizeObserver(toEnd);
    observer.observe(ref.current);
    observer.observe(ref.current.firstElementChild);
    return () => observer.disconnect();
  }, []);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = ref.current;
    isStuck.current = scrollHeight - scrollTop - clientHeight < 60;
  };
  return { ref, onScroll, isStuck };
}

/** The rows of a list: a message, the day when it is the first of one, and whether it needs no name of its own. */
function rowsOf(list) {
  return list.map((message, index) => {
    const before = list[index - 1];
    const day = dayKey(msOf(message.ts), zone());
    const isFirst = !before || dayKey(msOf(before.ts), zone()) !== day;
    const isPlain = ({ user, bot_id: bot, username, ephemeral_to: only }) =>
      user && !bot && !username && !only;
    const isSoon = before && msOf(message.ts) - msOf(before.ts) < 300_000;
    const isCompact =
      !isFirst && isSoon && isPlain(message) && isPlain(before) && before.user === message.user;
    return { message, isCompact, day: isFirst && day };
  });
}

/** The messages of a channel as the acting person sees them, and the replies of each thread. */
function sortOut(messages = []) {
  const replies = new Map();
  const visible = messages.filter(isVisible);
  for (const reply of visible.filter(isReply)) {
    if (replies.has(reply.thread_ts)) replies.get(reply.thread_ts).push(reply);
    else replies.set(reply.thread_ts, [reply]);
  }
  const top = visible.filter((message) => !isReply(message) || message.subtype === 'thread_broadcast');
  return { top, replies };
}

/** The list of a channel's messages. `at` is the one to show first. */
export function List({ channel, messages, at }) {
  const [limit, setLimit] = useState(PAGE);
  const { ref, onScroll, isStuck } = useStickyScroll();
  const heightBefore = useRef(null);
  const { top, replies } = useMemo(() => sortOut(messages), [messages]);
  const rows = rowsOf(top.slice(-limit));

  // Earlier messages are added above: what the reader looks at must not move.
  useLayoutEffect(() => {
    if (heightBefore.current !== null)
      ref.current.scrollTop += ref.current.scrollHeight - heightBefore.current;
    heightBefore.current = null;
  }, [limit]);
  const earlier = () => {
    heightBefore.current = ref.current.scrollHeight;
    isStuck.current = false;
    setLimit(limit + PAGE);
  };
  useEffect(() => {
    const target = at && ref.current.querySelector(`[data-ts="${at}"]`);
    if (!target) return;
    isStuck.current = false;
    target.scrollIntoView({ block: 'center' });
    target.classList.add('is-target');
  }, [at, messages === undefined]);

  return html`<div class="scroll" ref=${ref} onScroll=${onScroll} tabindex="0" role="log" aria-label="Messages"
    data-testid="messages"><div>
    ${
      top.length > limit &&
      html`<div class="empty"><button type="button" class="btn btn-small" onClick=${earlier}
      >Show earlier</button></div>`
    }
    ${
      messages &&
      top.length === 0 &&
      html`<div class="empty"><b>It’s quiet here</b>
      Nobody has written in this conversation yet.</div>`
    }
    ${rows.map(({ message, isCompact, day }) => [
      day &&
        html`<div class="day" key=${day} role="separator"><span class="box small"
        >${dayLabel(msOf(message.ts), zone(), state.now)}</span></div>`,
      html`<${Message} key=${message.ts} message=${message} channel=${channel} isCompact=${isCompact}
        replies=${replies.get(message.ts)} />`,
    ])}
  </div></div>`;
}
