import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { SlackPost } from '../../src/posts/post-text.ts';
import { readPost } from '../../src/posts/read-post.ts';
import { postLines } from './lines.ts';
import { botPost, classicPost, draft, grid, section } from './samples/sample.ts';

/** Far above what any post costs (milliseconds), far below what a quadratic pattern takes on a busy machine. */
const SLOWEST_MS = 1_500;

const GENUINE = {
  'First Name': 'Ada',
  'Last Name': 'Lovelace',
  Email: 'ada@analytical.example',
  Company: 'Analytical Engines',
  'Job Title': 'Countess',
};

const injectedLine = fc.oneof(
  fc.constantFrom(
    'Email: other@x.example',
    'email: other@x.example',
    'Company: Elsewhere',
    'Last Name: Nobody',
    'Job title: Spy',
    'First Name:',
    'Email',
    'Company | Elsewhere',
    'see https://x.example/a:b',
    '> Email: other@x.example',
  ),
  fc.string({ maxLength: 40 }).map((text) => text.replace(/[\n\r*@<>&\u2028\u2029]/g, ' ')),
);
const message = fc
  .array(injectedLine, { minLength: 1, maxLength: 6 })
  .map((lines) => ['hello', ...lines].join('\n'));
const order = fc.shuffledSubarray([...Object.keys(GENUINE), 'Message'], { minLength: 6, maxLength: 6 });

function expectGenuine(post: SlackPost): void {
  expect(readPost(post)).toMatchObject({
    name: 'Ada Lovelace',
    email: 'ada@analytical.example',
    account: 'Analytical Engines',
    title: 'Countess',
  });
}

describe('a field is read only from its own place', () => {
  const labelled = (
    text: string,
    keys: string[],
    render: (label: string, value: string) => string,
  ): string[] =>
    keys.map((key) => render(key, key === 'Message' ? text : (GENUINE[key as keyof typeof GENUINE] ?? '')));

  it('in bold-labelled lines of any order, whatever the message says', () => {
    fc.assert(
      fc.property(message, order, (text, keys) => {
        expectGenuine(
          classicPost('HubSpot', {
            attachments: [
              { fallback: labelled(text, keys, (label, value) => `*${label}*: ${value}`).join('\n') },
            ],
          }),
        );
      }),
    );
  });

  it('in plain labelled lines of any order, whatever the message says', () => {
    fc.assert(
      fc.property(message, order, (text, keys) => {
        expectGenuine(
          botPost('Form', { text: labelled(text, keys, (label, value) => `${label}: ${value}`).join('\n') }),
        );
      }),
    );
  });

  it('in attachment fields, block grids and sections', () => {
    fc.assert(
      fc.property(message, order, (text, keys) => {
        const fields = keys.map((title) => ({
          title,
          value: title === 'Message' ? text : GENUINE[title as keyof typeof GENUINE],
        }));
        expectGenuine(botPost('Form', { attachments: [{ fields }] }));
        const cells = labelled(text, keys, (label, value) => `*${label}:*\n${value}`);
        expectGenuine(botPost('Form', { blocks: [grid(...cells)] }));
        expectGenuine(botPost('Form', { blocks: cells.map(section) }));
      }),
    );
  });
});

/** The labels of one form in each language: the person, then where they came in, then a question of its own. */
const FORMS = {
  English: 'First name,Last name,Email,Company,Job title,Form,Page,Campaign,Which tool do you use?,Message',
  German: 'Vorname,Nachname,E-Mail,Firma,Position,Formular,Seite,Kampagne,Welches Werkzeug?,Nachricht',
  French: 'Prénom,Nom,Courriel,Société,Fonction,Formulaire,Page,Campagne,Quel outil ?,Votre message',
  Spanish:
    'Nombre,Apellidos,Correo electrónico,Empresa,Cargo,Formulario,Página,Campaña,¿Qué herramienta?,Mensaje',
  Italian: 'Nome,Cognome,Posta elettronica,Azienda,Ruolo,Modulo,Pagina,Campagna,Quale strumento?,Messaggio',
  Dutch:
    'Voornaam,Achternaam,E-mailadres,Bedrijf,Functie,Formulier,Pagina,Campagne,Welk gereedschap?,Bericht',
  Portuguese:
    'Primeiro nome,Sobrenome,E-mail,Empresa,Cargo,Formulário,Página,Campanha,Qual ferramenta?,Mensagem',
};
const VALUES = [
  'Ada',
  'Lovelace',
  'ada@analytical.example',
  'Analytical Engines',
  'Countess',
  'Demo request',
  'Pricing',
  'Autumn: 2026',
  'Punched cards',
];

describe('in each language, nothing is read from the value of another field', () => {
  const labelsOf = (language: keyof typeof FORMS): string[] => FORMS[language].split(',');
  const languages = Object.keys(FORMS) as (keyof typeof FORMS)[];
  const intruder = fc
    .tuple(fc.constantFrom(...languages), fc.nat(8), fc.constantFrom(': ', ' : ', ':', ' - ', ' = ', '\n'))
    .map(([language, field, separator]) => `${labelsOf(language)[field] ?? ''}${separator}Intruder`);
  const words = fc.array(fc.oneof(intruder, injectedLine), { minLength: 1, maxLength: 5 });
  const order = fc.shuffledSubarray([...Array(10).keys()], { minLength: 10, maxLength: 10 });

  interface Line {
    label: string;
    value: string;
  }

  function linesOf(language: keyof typeof FORMS, text: string[], places: number[]): Line[] {
    return places.map((place) => ({
      label: labelsOf(language)[place] ?? '',
      value: VALUES[place] ?? ['hello', ...text].join('\n'),
    }));
  }

  test.each(languages)('%s', (language) => {
    const question = { label: labelsOf(language)[8], value: 'Punched cards' };
    const rest = { name: 'Ada Lovelace', email: 'ada@analytical.example', account: 'Analytical Engines' };
    const origin = { form: 'Demo request', page: 'Pricing', campaign: 'Autumn: 2026', title: 'Countess' };
    fc.assert(
      fc.property(words, order, (text, places) => {
        const lines = linesOf(language, text, places);
        const bold = lines.map(({ label, value }) => `*${label}*: ${value}`);
        const cells = lines.map(({ label, value }) => `*${label}*\n${value}`);
        const fields = lines.map(({ label, value }) => ({ title: label, value }));
        const posts = [
          classicPost('Form', { text: bold.join('\n') }),
          botPost('Form', { attachments: [{ fields }] }),
          botPost('Form', { blocks: [grid(...cells)] }),
          botPost('Form', { blocks: cells.map(section) }),
        ];
        for (const post of posts) {
          expect(readPost(post)).toMatchObject({ ...rest, ...origin, details: [question] });
        }
        const plain = lines.map(({ label, value }) => `${label}: ${value}`).join('\n');
        const read = readPost(botPost('Form', { text: plain }));
        expect(read).toMatchObject({ ...rest, ...origin });
        // Behind a message that nothing marks off, a question that we do not know may be the prospect's words.
        expect([[], [question]]).toContainEqual(read?.details);
      }),
      { numRuns: 150 },
    );
  });
});

describe('nothing that Slack could deliver breaks it', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          'Email',
          ':',
          ' ',
          '\n',
          '*',
          '<mailto:a@b.example|a@b.example>',
          'Name',
          '|',
          'New lead: ',
          '👋',
          '&lt;',
          '\u202e',
          'Message: ',
          '+49 30 901820',
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join('')),
  );
  const shapes = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 8 },
      anyText,
      fc.jsonValue(),
      fc.record(
        {
          type: fc.constantFrom(
            'section',
            'header',
            'context',
            'rich_text',
            'rich_text_section',
            'table',
            'markdown',
            'text',
            'link',
            'container',
          ),
          text: tie('node'),
          fields: tie('list'),
          elements: tie('list'),
          blocks: tie('list'),
          rows: tie('list'),
          style: fc.constantFrom({ bold: true }, 'bullet', null),
        },
        { requiredKeys: ['type'] },
      ),
    ),
    list: fc.oneof(fc.array(tie('node'), { maxLength: 4 }), tie('node')),
  }));

  it('reads any JSON as a post without throwing, and only leads that can be reached', () => {
    const posts = fc.record(
      {
        text: shapes.node,
        blocks: shapes.list,
        attachments: fc.oneof(
          shapes.list,
          fc.array(
            fc.record({
              text: shapes.node,
              title: shapes.node,
              fallback: shapes.node,
              fields: shapes.list,
              blocks: shapes.list,
            }),
          ),
        ),
        bot_id: fc.oneof(fc.constant('B1'), fc.jsonValue()),
        bot_profile: fc.oneof(fc.record({ name: fc.jsonValue() }), fc.jsonValue()),
        username: fc.oneof(anyText, fc.jsonValue()),
        subtype: fc.oneof(fc.constant('bot_message'), fc.constant(undefined), fc.jsonValue()),
        user: fc.jsonValue(),
        ts: fc.constant('1'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(posts, fc.option(fc.string({ maxLength: 3 }), { nil: undefined }), (post, region) => {
        const draft = readPost(post as SlackPost, { region });
        if (draft !== null) expect(draft.email ?? draft.phone).not.toBeNull();
        for (const line of postLines(post as SlackPost)) expect(typeof line).toBe('string');
      }),
      { numRuns: 500 },
    );
    for (const nothing of [null, undefined, 7, 'post', []]) {
      expect(readPost(nothing as unknown as SlackPost)).toBeNull();
    }
  });

  it('costs little on huge repetitive text', () => {
    const pieces = [
      'a',
      ' ',
      '@',
      'a@',
      'a.',
      '<',
      '*',
      '_a_',
      ': ',
      'Name: ',
      '- ',
      '\n',
      '|',
      '=',
      '1-',
      '+1 ',
      '(',
      'Ada ',
      'via ',
      '🎉',
      '\t',
      '[a](',
      'x: y\n',
      '\u200b',
      '&amp;',
      'Name: x, ',
      '\u202e',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom('', 'New lead: ', 'Message: ', 'Name: ', 'Form: ', '*'),
        fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
        fc.constantFrom('', ' ada@x.example', '!'),
        (start, piece, end) => {
          const text = start + piece.repeat(60_000 / piece.length) + end;
          const began = performance.now();
          readPost(
            botPost('Form', { text, attachments: [{ text, fields: [{ title: text, value: text }] }] }),
          );
          readPost({ user: 'U1', text, ts: '1' });
          expect(performance.now() - began).toBeLessThan(SLOWEST_MS);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('stops at a bounded depth', () => {
    let block: unknown = section('Email: deep@x.example');
    for (let depth = 0; depth < 5_000; depth += 1) block = { type: 'container', blocks: [block] };
    expect(readPost(botPost('Form', { blocks: [block] }))).toBeNull();
  });

  it('is not misled by a label named like a property of every object', () => {
    const text = 'Email: a@x.example\nconstructor: yes\n*__proto__:* no';
    const details = [
      { label: 'constructor', value: 'yes' },
      { label: 'proto', value: 'no' },
    ];
    expect(readPost(botPost('Form', { text }))).toEqual(
      draft({ email: 'a@x.example', source: 'Form', details }),
    );
  });

  it('reads what stands within the first 20,000 characters', () => {
    const padding = 'x'.repeat(19_000);
    expect(readPost(botPost('Form', { text: `Notes: ${padding}\nEmail: a@x.example` }))?.email).toBe(
      'a@x.example',
    );
    expect(readPost(botPost('Form', { text: `Notes: ${padding}${padding}\nEmail: a@x.example` }))).toBeNull();
  });
});
