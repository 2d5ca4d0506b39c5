import { describe, expect, it } from 'vitest';
import { accountKey, isFreeMail, normaliseEmail } from '../../src/intake/account.ts';
import { FREE_MAIL_DOMAINS } from '../../src/intake/free-mail.ts';

describe('leads of one organisation share an account key', () => {
  it.each([
    ['ada@analytical.example', null, 'analytical.example'],
    ['Ada@Mail.EU.Analytical.example', 'Something else', 'analytical.example'],
    ['sales@london.acme.co.uk', null, 'acme.co.uk'],
    ['x@team.github.io', null, 'github.io'],
    ['ada@gmail.com', 'Analytical Engines Inc.', 'analytical engines'],
    ['ada@gmail.com', null, null],
    ['ada@gmail.com', '  ', null],
    [null, null, null],
    [null, '…!', null],
    ['ada@localhost', 'Acme', 'acme'],
    ['ada@192.168.0.1', 'Acme', 'acme'],
  ])('%s at %s is %s', (email, account, key) => {
    expect(accountKey({ email, account })).toBe(key);
  });

  it.each([
    ['Müller & Söhne GmbH', 'MULLER SOHNE'],
    ['Zuse GmbH & Co. KG', 'zuse'],
    ['Zuse GmbH und Co KG', 'Zuse'],
    ['Acme, Inc.', 'ACME'],
    ['Acme Corp.', 'Acme Corporation'],
    ['Acme Ltd', 'Acme Limited'],
    ['Kowalski Sp. z o.o.', 'Kowalski'],
    ['Élastique S.A.R.L.', 'elastique'],
    ['Neurona, S.L.', 'Neurona'],
    ['Philips N.V.', 'Philips B.V.'],
    ['Novo A/S', 'novo'],
    ["Levi's SpA", 'Levis'],
    ['Straße AG', 'Strasse'],
  ])('%s and %s are one company', (left, right) => {
    expect(accountKey({ email: null, account: left })).toBe(accountKey({ email: null, account: right }));
  });

  it.each([
    ['Fischer und Sohn', 'Fischer'],
    ['Studio Y', 'Studio'],
    ['Acme Labs', 'Acme'],
    ['株式会社テスト', '株式会社'],
  ])('%s and %s are two', (left, right) => {
    expect(accountKey({ email: null, account: left })).not.toBe(accountKey({ email: null, account: right }));
  });

  it('a company that is named like a legal form keeps its name', () => {
    expect(accountKey({ email: null, account: 'SE' })).toBe('se');
  });
});

describe('one mailbox has one spelling', () => {
  it.each([
    ['Ada.Lovelace+demo@GMail.com', 'adalovelace@gmail.com'],
    ['ada.lovelace@googlemail.com', 'adalovelace@gmail.com'],
    ['Ada.Lovelace+demo@analytical.example', 'ada.lovelace@analytical.example'],
    [' mailto:ADA@x.example ', 'ada@x.example'],
    ['+tag@x.example', '+tag@x.example'],
    ['not an address', 'not an address'],
  ])('%s is %s', (email, expected) => {
    expect(normaliseEmail(email)).toBe(expected);
  });
});

describe('private mail providers', () => {
  it('are known in any case', () => {
    expect(['gmail.com', 'GMX.de', 'outlook.com.', 'proton.me', ' web.de '].every(isFreeMail)).toBe(true);
    expect(isFreeMail('analytical.example')).toBe(false);
  });

  it('are listed as plain lower-case domains', () => {
    for (const domain of FREE_MAIL_DOMAINS) expect(domain).toMatch(/^[a-z0-9-]+(\.[a-z]{2,})+$/);
    expect(FREE_MAIL_DOMAINS.size).toBeGreaterThanOrEqual(80);
  });
});
