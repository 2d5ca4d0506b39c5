import { Attachment, Blocks } from './blocks.js';
import { Scope } from './elements.js';
import { act, hashOf, isReply, isVisible, nameOf, state, toast, userById, zone } from './store.js';
import { go } from './sync.js';
import { Link, Mrkdwn } from './text.js';
import { ago, clockDate, dayKey, dayLabel, msOf, timeOf } from './time.js';
import { ShortcutMenu, cx, html, useEffect, useMemo, useRef, useState } from './ui.js';

const COLOURS = '#7c4dbe #1d7a8c #b3541e #2f6f4f #a13a5f #3f5bb5 #8a6d1d #4f5d75 #96413a #22769c'.split(' ');

/** Who wrote a message, as the list shows it. */
export function authorOf({ bot_id: botId, user, username, bot_profile: profile, subtype }) {
  const app = state.apps.find((one) => one.botId === botId || one.botUserId === user);
  const isApp = Boolean(botId || app || subtype === 'bot_message' || userById(user)?.is_bot);
  const name = username ?? profile?.name ?? app?.name ?? nameOf(user);
  return { id: app?.botUserId ?? user ?? botId ?? name, name, isApp };
}

/** A square with initials. Those of the workspace get different colours as long as there are enough. */
export function Avatar({ id = '', name = nameOf(id), size = 36 }) {
  const at = state.users.findIndex((known) => known.id === id);
  const colour = COLOURS[(at < 0 ? id.charCodeAt(id.length - 1) : at) % COLOURS.length];
  const initials = name
    .match(/(?<!\p{L})\p{L}/gu)
    ?.slice(0, 2)
    .join('')
    .toUpperCase();
  return html`<span class="avatar" aria-hidden="true" style=${`--size:${size}px;background:${colour}`}
    >${initials}</span>`;
}

export const AppBadge = () => html`<span class="badge box muted">APP</span>`;
const repliesText = (count) => `${count} ${count === 1 ? 'reply' : 'replies'}`;

/** A picture is shown, any other file named. */
function File({ file: { mimetype = '', permalink, name, title = name, filetype, size = 0 } }) {
  const picture = mimetype.startsWith('image/') && html`<img src=${permalink} alt=${title} />`;
  const card = html`<span class="box pad row">📄 <b>${title}</b> <small>${filetype} · ${Math.ceil(size / 1024)} KB</small></span>`;
  return html`<div class="image"><${Link} url=${permalink}>${picture || card}<//></div>`;
}

function Body({ message: { text, bot_id: bot, blocks = [], attachments = [], files = [], edited } }) {
  // What people type arrives as text and as rich text that says the same; the text knows more of the marks.
  const isText = blocks.length === 0 || (!bot && blocks[0].type === 'rich_text');
  return html`${isText ? text && html`<div><${Mrkdwn} text=${text} /></div>` : html`<${Blocks} blocks=${blocks} />`}
    ${attachments.map((one) => html`<${Attachment} of=${one} />`)}
    ${files.map((file) => html`<${File} key=${file.id} file=${file} />`)}
    ${edited && html`<small> (edited)</small>`}`;
}

function ThreadSummary({ message: { ts, reply_count: count }, replies, channel }) {
  const authors = new Map(replies.map(authorOf).map((author) => [author.id, author]));
  return html`<a class="thread-summary row small" href=${hashOf(channel, ts)}>
    ${[...authors.values()].slice(0, 4).map((author) => html`<${Avatar} ...${author} size=${22} />`)}
    <b>${repliesText(count ?? replies.length)}</b><span class="muted">Last reply ${ago(msOf(replies.at(-1).ts), state.now)}</span>
  </a>`;
}

/** Uses an element of a message. */
async function interact(channel, messageTs, action) {
  const { status } = await act('/interact', { channel, messageTs, action });
  if (status === 404) toast('That button is no longer there; the message has changed.', { tone: 'warning' });
}

const Toolbar = ({ channel, ts, thread }) => html`<div class="toolbar box">
  ${thread && html`<button class="icon-btn" aria-label="Reply in thread" title="Reply in thread" onClick=${() => go(hashOf(channel, thread))}>💬</button>`}
  <${ShortcutMenu} type="message" target=${{ channel, messageTs: ts }} label="More actions">⋮<//>
</div>`;

/** One message. It reads signals: so it is painted again only when its properties or what it reads have changed. */
function Message({ message, channel, isCompact, inThread, replies }) {
  const { ts, thread_ts: thread = ts, ephemeral_to: only } = message;
  const scope = useMemo(() => ({ act: (action) => interact(channel, ts, action) }), [channel, ts]);
  const author = authorOf(message);
  const time = timeOf(msOf(ts), zone());
  const full = `${dayLabel(msOf(ts), zone(), state.now)} at ${time}`;
  const byline = () => html`<div class="byline row">
    <b class="clip">${author.name}</b>${author.isApp && html`<${AppBadge} />`}
    <time class="muted small" title=${full}>${inThread && `${clockDate(msOf(ts), zone())}, `}${time}</time></div>`;
  return html`<article class=${cx('message', isCompact && 'is-compact', only && 'is-ephemeral')} data-ts=${ts} aria-label=${`${author.name}, ${time}`}>
    <div class="gutter muted">${isCompact ? html`<time title=${full}>${time.slice(0, -3)}</time>` : html`<${Avatar} ...${author} />`}</div>
    <div class="grow">
      ${only && html`<small>👁 Only visible to you</small>`}${!isCompact && byline()}
      <${Scope.Provider} value=${scope}><${Body} message=${message} /><//>
      ${!inThread && replies && html`<${ThreadSummary} message=${message} replies=${replies} channel=${channel} />`}
    </div>
    ${!only && html`<${Toolbar} channel=${channel} ts=${ts} thread=${!inThread && thread} />`}
  </article>`;
}

/** The messages of a thread and how many replies it has. */
export function ThreadMessages({ channel, ts, messages = [] }) {
  const [root, ...replies] = messages.filter((one) => isVisible(one) && [one.ts, one.thread_ts].includes(ts));
  const show = (one) => html`<${Message} key=${one.ts} message=${one} channel=${channel} inThread />`;
  return html`<div class="scroll" tabindex="0" role="log" aria-label="Thread messages"><div>
    ${root && show(root)}
    ${replies.length > 0 && html`<div class="bar-head row muted small">${repliesText(replies.length)}</div>`}
    ${replies.map(show)}
  </div></div>`;
}

/** So many messages are painted at first, and more with each "Show earlier". */
const PAGE = 200;

/** The list of a channel's messages. `at` is the one to show first. The style sheet keeps it at its end. */
export function MessageList({ channel, messages, at }) {
  const [limit, setLimit] = useState(PAGE);
  const ref = useRef(null);
  const { top, replies } = useMemo(() => {
    const visible = (messages ?? []).filter(isVisible);
    const replies = Object.groupBy(visible.filter(isReply), (one) => one.thread_ts);
    return { top: visible.filter((one) => !isReply(one)), replies };
  }, [messages]);
  useEffect(() => {
    const target = ref.current.querySelector(`[data-ts="${at}"]`);
    target?.scrollIntoView({ block: 'center' });
    target?.classList.add('is-target');
  }, [at, messages === undefined]);
  const row = (message, index, all) => {
    const [before, ms] = [all[index - 1], msOf(message.ts)];
    const isNewDay = !before || dayKey(msOf(before.ts), zone()) !== dayKey(ms, zone());
    const isPlain = (one) => !one.bot_id && !one.username && !one.ephemeral_to && one.user === message.user;
    const isCompact = !isNewDay && ms - msOf(before.ts) < 300_000 && isPlain(message) && isPlain(before);
    const day = () => html`<div class="day" key=${`day ${ms}`} role="separator">
      <span class="box small">${dayLabel(ms, zone(), state.now)}</span></div>`;
    return html`${isNewDay && day()}
      <${Message} key=${message.ts} message=${message} channel=${channel} isCompact=${isCompact} replies=${replies[message.ts]} />`;
  };
  return html`<div class="scroll" ref=${ref} tabindex="0" role="log" aria-label="Messages"><div>
    ${top.length > limit && html`<div class="empty"><button type="button" class="btn btn-small" onClick=${() => setLimit(limit + PAGE)}>Show earlier</button></div>`}
    ${messages && top.length === 0 && html`<div class="empty"><b>It’s quiet here.</b> Nobody has written in this conversation yet.</div>`}
    ${top.slice(-limit).map(row)}
  </div></div>`;
}
