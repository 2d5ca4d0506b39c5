import { useMemo, useRef, useState } from 'preact/hooks';
import { cx, html } from './html.js';
import { emojiText } from './emoji.js';
import { Avatar, nameOf } from './people.js';
import { Popover, roving } from './popover.js';
import { keyOf, useElement } from './scope.js';
import { conversations, counterpart, people, state } from './store.js';

const choice = (option, group) => ({
  id: option.value,
  label: emojiText(option.text?.text),
  hint: emojiText(option.description?.text),
  group,
  raw: option,
});

const userChoice = (user) => ({ id: user.id, label: user.real_name || user.name, user });
const channelChoice = (channel) => ({ id: channel.id, label: `#${channel.name}` });

function conversationChoices(filter) {
  const { channels, directs } = conversations();
  const include = filter?.include;
  const wants = (kind) => !include || include.includes(kind);
  return [
    ...channels.filter((channel) => wants(channel.is_private ? 'private' : 'public')).map(channelChoice),
    ...directs
      .filter((channel) => wants('im') && !(filter?.exclude_bot_users && counterpart(channel).app))
      .map((channel) => ({ id: channel.id, label: nameOf(counterpart(channel).id) })),
  ];
}

/** Where the choices of each select come from. */
const CHOICES = {
  static: (el) =>
    el.option_groups
      ? el.option_groups.flatMap((group) => group.options.map((option) => choice(option, group.label?.text)))
      : (el.options ?? []).map((option) => choice(option)),
  external: (el) =>
    [el.initial_option, ...(el.initial_options ?? [])].filter(Boolean).map((option) => choice(option)),
  users: () => people().map(userChoice),
  channels: () =>
    state.channels.filter((channel) => !channel.is_im && !channel.is_private).map(channelChoice),
  conversations: (el) => conversationChoices(el.filter),
};

const idOf = (entry) => (typeof entry === 'string' ? entry : entry?.value);

function Choices({ entries, chosen, multi, onPick, onDone, el }) {
  const [query, setQuery] = useState('');
  const found = entries.filter((entry) => entry.label.toLowerCase().includes(query.trim().toLowerCase()));
  const groups = [...new Set(found.map((entry) => entry.group))];
  const full = multi && el.max_selected_items && chosen.length >= el.max_selected_items;

  const onKeyDown = (event) => {
    if (event.key === 'Enter' && event.target.tagName === 'INPUT') {
      event.preventDefault();
      if (found[0]) onPick(found[0]);
    } else roving(event, '[role=option]');
  };
  return html`<div class="choices" onKeyDown=${onKeyDown}>
    ${
      entries.length > 6 &&
      html`<input
        class="choices-filter"
        type="text"
        placeholder="Search"
        aria-label="Search the choices"
        value=${query}
        onInput=${(event) => setQuery(event.currentTarget.value)}
      />`
    }
    <div role="listbox" aria-multiselectable=${multi} aria-label="Choices">
      ${groups.map((group) => [
        group && html`<div class="menu-heading" role="presentation">${emojiText(group)}</div>`,
        found
          .filter((entry) => entry.group === group)
          .map((entry) => {
            const selected = chosen.includes(entry.id);
            return html`<button
              type="button"
              role="option"
              key=${entry.id}
              class="choice"
              aria-selected=${selected}
              data-value=${entry.id}
              disabled=${full && !selected}
              onClick=${() => onPick(entry)}
            >
              ${entry.user && html`<${Avatar} id=${entry.id} name=${entry.label} size=${20} />`}
              <span>${entry.label}${entry.hint && html`<small>${entry.hint}</small>`}</span>
            </button>`;
          }),
      ])}
      ${found.length === 0 && html`<div class="menu-empty">No matches</div>`}
    </div>
    ${
      multi &&
      html`<div class="choices-done">
        <button type="button" class="btn btn-small" onClick=${onDone}>Done</button>
      </div>`
    }
  </div>`;
}

/** Any select menu, single or multi, as a filterable list beside its button. */
export function Select({ el, blockId, silent, id, describedBy }) {
  const multi = el.type.startsWith('multi_');
  const choices = CHOICES[el.type.replace('multi_', '').replace('_select', '')];
  const key = keyOf(el.type);
  const { value, keep, change, act, busy } = useElement(el, blockId, { silent });
  const [open, setOpen] = useState(false);
  const [touched, setTouched] = useState(false);
  const anchor = useRef(null);
  const entries = useMemo(() => choices(el), [el, state.users, state.channels, state.me]);

  const picked = (multi ? (value?.[key] ?? []) : [value?.[key]]).filter(Boolean);
  const chosen = picked.map(idOf);
  const shown = chosen.map((entry) => entries.find((known) => known.id === entry)?.label ?? entry);

  const close = (refocus) => {
    setOpen(false);
    if (refocus) anchor.current?.focus();
    // Slack tells the app about a multi-select once, when its menu closes.
    if (multi && touched && !silent) void act({ [key]: picked });
    setTouched(false);
  };
  const pick = (entry) => {
    const next = entry.raw ?? entry.id;
    if (multi) {
      setTouched(true);
      return keep({
        [key]: chosen.includes(entry.id) ? picked.filter((one) => idOf(one) !== entry.id) : [...picked, next],
      });
    }
    setOpen(false);
    anchor.current?.focus();
    void change({ [key]: next });
  };
  return html`<div class=${cx('select-wrap', multi && 'is-multi')}>
    <button
      ref=${anchor}
      type="button"
      id=${id}
      class=${cx('select', busy && 'is-busy')}
      data-action-id=${el.action_id}
      data-type=${el.type}
      aria-haspopup="listbox"
      aria-expanded=${open}
      aria-describedby=${describedBy}
      onClick=${() => (open ? close(true) : setOpen(true))}
      onKeyDown=${(event) => event.key === 'ArrowDown' && (event.preventDefault(), setOpen(true))}
    >
      <span class="select-text">
        ${
          shown.length === 0
            ? html`<span class="placeholder">${emojiText(el.placeholder?.text) || 'Select…'}</span>`
            : multi
              ? shown.map((label) => html`<span class="chip">${label}</span>`)
              : shown[0]
        }
      </span>
      <span class="caret" aria-hidden="true"></span>
    </button>
    ${
      open &&
      html`<${Popover} anchor=${anchor} onClose=${close} matchWidth=${true}>
        <${Choices}
          entries=${entries}
          chosen=${chosen}
          multi=${multi}
          el=${el}
          onPick=${pick}
          onDone=${() => close(true)}
        />
      <//>`
    }
  </div>`;
}
