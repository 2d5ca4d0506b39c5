import { post } from './api.js';
import { Avatar } from './messages.js';
import {
  channelById,
  conversations,
  directWith,
  hashOf,
  nameOf,
  people,
  state,
  titleOf,
  toast,
  zone,
} from './store.js';
import { actAs, refresh } from './sync.js';
import { clockDate, timeOf } from './time.js';
import { cx, html, useState } from './ui.js';

const unreadIn = (channel) => state.unread[state.me]?.[channel] ?? 0;

function Row({ href, isCurrent, unread, icon, name, ...attributes }) {
  return html`<a class=${cx('side-row row', unread && 'has-unread')} href=${href}
    aria-current=${isCurrent ? 'page' : undefined} ...${attributes}>
    <span class="side-mark" aria-hidden="true">${icon}</span><span class="grow clip">${name}</span>
    ${unread > 0 && html`<span class="unread" aria-label=${`${unread} unread`}>${unread > 99 ? '99+' : unread}</span>`}
  </a>`;
}

/** Where the acting person can go. `mentions` are the thread replies that wait for them, newest first. */
export function Sidebar({ mentions: [newest, ...more] }) {
  const { id: here, app: home } = state.place;
  const row = (icon, { id, name = titleOf(channelById(id)) }) => html`<${Row} key=${id} href=${hashOf(id)}
    icon=${icon} name=${name} isCurrent=${here === id} unread=${unreadIn(id)} data-channel=${id} />`;
  const directRow = ({ id, members }) =>
    row(html`<${Avatar} id=${members.find((one) => one !== state.me)} size=${20} />`, { id });
  const appRow = ({ appId, name, botUserId }) => {
    const { id } = directWith({ botUserId });
    return html`<${Row} key=${appId} href=${unreadIn(id) ? hashOf(id) : `#app/${appId}`} unread=${unreadIn(id)}
      icon=${html`<${Avatar} id=${botUserId} name=${name} size=${20} />`} name=${name}
      isCurrent=${here === id || home === appId} data-app=${appId} />`;
  };
  const directs = conversations().filter((one) => one.is_im);
  return html`<nav class="sidebar" aria-label="Conversations" id="sidebar">
    ${newest && html`<${Row} href=${hashOf(newest.channel, newest.message.thread_ts)} icon="💬" name="Threads" unread=${more.length + 1} data-threads="" />`}
    <h2>Channels</h2>
    ${conversations()
      .filter((one) => !one.is_im)
      .map((one) => row(one.is_private ? '🔒' : '#', one))}
    ${directs.length > 0 && html`<h2>Direct messages</h2>`}${directs.map(directRow)}
    <h2>Apps</h2>${state.apps.map(appRow)}
  </nav>`;
}

const MOVES = [
  ['1h', '+1 h', 'One hour later'],
  ['1d', '+1 day', 'One day later'],
  ['morning', 'Next morning', 'To the start of the next working day'],
  ['1w', '+1 week', 'One week later'],
];

/** The workspace's clock in the acting person's zone, and the buttons that move it; folded up in a narrow window. */
function Clock() {
  const [moving, setMoving] = useState(null);
  const [isOpen, setOpen] = useState(false);
  const move = async (by) => {
    setMoving(by);
    const how = by === 'morning' ? { until: 'next-working-morning' } : { forward: by };
    const result = await post('/clock', how);
    if (result.ok === false) toast(`The clock did not move: ${result.error}`, { tone: 'warning' });
    else toast('Time moved on', { lines: result.summary?.length ? result.summary : ['Nothing was due.'] });
    await refresh();
    setMoving(null);
  };
  const button = ([by, label, title]) => html`<button data-forward=${by} title=${title}
    disabled=${moving !== null} class=${cx(moving === by && 'is-busy')} onClick=${() => move(by)}>${label}</button>`;
  return html`<time class="clock" title=${zone()}>
      <b>${timeOf(state.now, zone())}</b> <small>${clockDate(state.now, zone())}</small></time>
    <button class="narrow-only" aria-label="Move the clock" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>⏩</button>
    <div class=${cx('row moves', isOpen && 'is-open')}>${MOVES.map(button)}</div>`;
}

/** Shows or hides the panel "What just happened" and remembers it. */
export function showTraffic(isOpen) {
  localStorage.setItem('sandbox.traffic', isOpen);
  state.isTrafficOpen = isOpen;
  if (isOpen) void refresh();
}

const person = ({ id }) => html`<button key=${id} class="row person" data-as=${id}
  aria-pressed=${id === state.me} title=${`Act as ${nameOf(id)}`} onClick=${() => actAs(id)}>
  <${Avatar} id=${id} size=${24} />${nameOf(id).split(' ')[0]}</button>`;

/** The workspace's name, who acts, the clock, and the switch of the traffic panel. */
export const TopBar = () => html`<header class="top row">
  <button class="narrow-only" aria-label="Conversations" aria-expanded=${state.isNavOpen} aria-controls="sidebar"
    onClick=${() => (state.isNavOpen = !state.isNavOpen)}>☰</button>
  <img src=${document.querySelector('link[rel=icon]').href} width="22" alt="" /><b class="clip workspace">${state.team.name}</b>
  <div class="act-as row grow" role="group" aria-label="Act as">${people().map(person)}</div>
  <${Clock} />
  <button aria-pressed=${state.isTrafficOpen} data-testid="traffic-toggle" title="What just happened" aria-label="What just happened"
    onClick=${() => showTraffic(!state.isTrafficOpen)}>⇄<span class="wide-only"> What just happened</span></button>
</header>`;
