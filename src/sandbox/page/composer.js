import { readFiles } from './api.js';
import { act, channelById, directWith, hashOf, nameOf, people, state, toast } from './store.js';
import { go, refresh } from './sync.js';
import { ShortcutMenu, html, useRef, useState } from './ui.js';

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What can be mentioned, as it is typed and as it is sent; the longest name first. */
function mentionables() {
  const users = state.users.flatMap(({ id, ...user }) => [
    [`@${user.real_name}`, `<@${id}>`],
    [`@${user.name}`, `<@${id}>`],
  ]);
  const channels = state.channels.map(({ id, name }) => [`#${name}`, `<#${id}|${name}>`]);
  return [...users, ...channels].sort((a, b) => b[0].length - a[0].length);
}

/**
 * What a person typed, as it goes to the server. The server escapes it and marks up links itself, but leaves a text
 * alone that carries markup: with a mention in it, all of it is marked up here.
 */
function encode(text) {
  const linked = escape(text)
    .replace(/\bhttps?:\/\/[^\s|<>]+[^\s|<>.,;:!?)'"]/g, '<$&>')
    .replace(/(?<![^\s(:;,])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '<mailto:$&|$&>');
  const put = (out, [name, mark]) =>
    out.replace(new RegExp(`(?<![^\\s(])${RegExp.escape(escape(name))}(?![\\w-])`, 'gi'), () => mark);
  const marked = mentionables().reduce(put, linked);
  return marked === linked ? text : marked;
}

async function sendMessage(channel, typed, files, thread_ts) {
  const given = files.length > 0 && { files: await readFiles(files) };
  const result = await act('/message', { channel, text: encode(typed.trim()), thread_ts, ...given });
  const { isToCome, members } = channelById(channel) ?? {};
  // The first message opened the direct messages with an app: go on where they are.
  if (isToCome) await refresh();
  if (isToCome) go(hashOf(directWith({ botUserId: members[1] }).id));
  return result.ok !== false;
}

/** Sends what is in a composer: a command when it begins with one, else a message. Answers whether it was taken. */
async function send(channel, typed, files, threadTs) {
  const [command] = /^\/\S+/.exec(typed) ?? [];
  if (!command) return await sendMessage(channel, typed, files, threadTs);
  const isKnown = state.commands.some((known) => known.command === command);
  const isTaken = isKnown && !threadTs;
  const why = isKnown ? 'is not supported in threads. Sorry!' : 'is not a valid command.';
  if (isTaken) void act('/command', { channel, command, text: typed.slice(command.length).trim() });
  else toast(`${command} ${why}`, { tone: 'warning' });
  return isTaken;
}

/** Commands while one is being typed, people and channels after `@` and `#`. */
function suggestions(before) {
  const [, typed] = /(^\/\S*|(?<!\S)[@#][\w.-]*)$/.exec(before) ?? [];
  const commands = state.commands.map((known) => ({ ...known, title: known.command }));
  const names = [
    ...people().map(({ id }) => `@${nameOf(id)}`),
    ...state.channels.map(({ name }) => `#${name}`),
  ];
  const all = typed ? [...commands, ...names.map((title) => ({ title }))] : [];
  return all.filter(({ title }) => title.toLowerCase().startsWith(typed.toLowerCase())).slice(0, 8);
}

const drafts = new Map();

/** Where one writes: Enter sends, Shift+Enter breaks the line, `/`, `@` and `#` suggest. Drafts stay per conversation. */
export function Composer({ channel, threadTs, label }) {
  const draft = `${state.me} ${channel} ${threadTs}`;
  const [text, setText] = useState(drafts.get(draft) ?? '');
  const [files, setFiles] = useState([]);
  const [found, setFound] = useState([]);
  const [active, setActive] = useState(0);
  const [ref, picker] = [useRef(null), useRef(null)];
  const isEmpty = !text.trim() && files.length === 0;

  const type = (next, before = '') => {
    drafts.set(draft, next);
    setText(next);
    setFound(suggestions(before));
    setActive(0);
  };
  const take = ({ title }) => {
    const caret = ref.current.selectionStart;
    type(`${text.slice(0, caret).replace(/[/@#][\w.-]*$/, title)} ${text.slice(caret).trimStart()}`);
    ref.current.focus();
  };
  const submit = async () => {
    if (isEmpty) return;
    type('');
    setFiles([]);
    if (!(await send(channel, text.trimEnd(), files, threadTs))) (type(text), setFiles(files));
  };
  const attach = (event, list) => {
    if (!list?.length) return;
    event.preventDefault();
    setFiles((before) => [...before, ...list]);
  };
  const onKeyDown = (event) => {
    if (event.isComposing || event.shiftKey) return;
    const step = { ArrowDown: 1, ArrowUp: found.length - 1 }[event.key];
    const move = () => setActive((active + step) % found.length);
    const close = () => (event.stopPropagation(), setFound([]));
    const complete = () => take(found[active]);
    const choosing = { ArrowDown: move, ArrowUp: move, Escape: close, Tab: complete, Enter: complete };
    // A command typed in full is sent by Enter, not completed.
    const isWhole = event.key === 'Enter' && found[active]?.title === text.trim();
    const run = (found.length > 0 && !isWhole ? choosing : { Enter: submit })[event.key];
    if (run) (event.preventDefault(), void run());
  };
  const suggestion = (
    entry,
    index,
  ) => html`<li role="option" class="menu-item" aria-selected=${index === active}
    onMouseDown=${(event) => (event.preventDefault(), take(entry))}><b>${entry.title}</b>
    ${entry.usage_hint && html` <code>${entry.usage_hint}</code>`} <small>${entry.description}</small></li>`;
  const chip = (file) => html`<span class="chip">${file.name}
    <button class="plain" aria-label=${`Remove ${file.name}`} onClick=${() => setFiles(files.filter((one) => one !== file))}>✕</button></span>`;
  const onPick = (event) => {
    attach(event, [...event.currentTarget.files]);
    event.currentTarget.value = '';
  };
  return html`<div class="composer" onDragOver=${(event) => event.preventDefault()} onDrop=${(event) => attach(event, event.dataTransfer.files)}>
    ${found.length > 0 && html`<ul class="suggest float" role="listbox" aria-label="Suggestions">${found.map(suggestion)}</ul>`}
    <div class="box">
      <textarea ref=${ref} data-composer=${threadTs ? 'thread' : 'channel'} rows="1" value=${text} placeholder=${label} aria-label=${label}
        onKeyDown=${onKeyDown} onPaste=${(event) => attach(event, event.clipboardData.files)} onBlur=${() => setFound([])}
        onInput=${({ currentTarget: { value, selectionStart } }) => type(value, value.slice(0, selectionStart))}></textarea>
      <div class="row composer-bar">
        <${ShortcutMenu} type="global" label="Shortcuts" data-shortcuts="global">⚡<//>
        <input ref=${picker} type="file" multiple hidden onChange=${onPick} />
        <button class="icon-btn" aria-label="Attach files" title="Attach files" onClick=${() => picker.current.click()}>📎</button>
        <span class="grow">${files.map(chip)}<small class="hint" hidden=${files.length > 0}><kbd>Shift</kbd>+<kbd>Enter</kbd> new line</small></span>
        <button class="icon-btn send" aria-label="Send" disabled=${isEmpty} onClick=${submit}>➤</button>
      </div>
    </div>
  </div>`;
}
