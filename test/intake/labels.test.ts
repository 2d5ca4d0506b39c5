import { describe, expect, it } from 'vitest';
import { splitLabel } from '../../src/posts/label-line.ts';
import { fieldKey, namesOurSide } from '../../src/intake/labels.ts';

describe('labels are known in many spellings', () => {
  it.each([
    ['First Name', 'firstName'],
    ['firstName', 'firstName'],
    ['first_name', 'firstName'],
    ['PRÉNOM', 'firstName'],
    ['Email (required)', 'email'],
    ['E-Mail', 'email'],
    ['Email-2', 'email'],
    ["What's your email address?", 'email'],
    ['Business email', 'email'],
    ['Business name', 'account'],
    ['Contact name', 'name'],
    ['Wie lautet Ihre Telefonnummer?', 'phone'],
    ['Tél.', 'phone'],
    ['Société', 'account'],
    ['Job Title', 'title'],
    ['How can we help you?', 'message'],
    ['utm_source', 'source'],
    ['Landing page', 'page'],
    ['Zielseite', 'page'],
    ['utm_campaign', 'campaign'],
    ['Campaña', 'campaign'],
    ['Form name', 'form'],
    ['2. And your email?', 'email'],
    ['Name / Nom', 'name'],
    ['Reason for call', 'message'],
  ])('%s is %s', (label, key) => {
    expect(fieldKey(label)).toBe(key);
  });

  it.each([
    'Contact owner',
    'Company size',
    'Name / Company',
    'Email opt-in',
    'Phone consent',
    'Name of your dog',
    '',
    ':',
    'x'.repeat(500),
  ])('%s is none of them', (label) => {
    expect(fieldKey(label)).toBeNull();
  });

  it('knows which labels speak of colleagues', () => {
    expect(['Contact owner', 'Assigned to', 'Sales rep', 'Organizer'].every(namesOurSide)).toBe(true);
    expect(['Admin user', 'Report', 'Represented company', 'Account'].some(namesOurSide)).toBe(false);
  });
});

describe('a line is split only at a label', () => {
  it.each([
    ['*Email*: a@b.example', 'Email', 'a@b.example', 'bold'],
    ['*Email:* a@b.example', 'Email', 'a@b.example', 'bold'],
    ['**Email:** a@b.example', 'Email', 'a@b.example', 'bold'],
    ['*Email: a@b.example*', 'Email', 'a@b.example', 'bold'],
    ['*Email* a@b.example', 'Email', 'a@b.example', 'bold'],
    ['• :email: Email : a@b.example', 'Email', 'a@b.example', 'colon'],
    ['Notes: at 10:30 in https://x.example', 'Notes', 'at 10:30 in https://x.example', 'colon'],
    ['Email – a@b.example', 'Email', 'a@b.example', 'weak'],
    ['Email\ta@b.example', 'Email', 'a@b.example', 'weak'],
    ['Email', 'Email', '', 'alone'],
    ['Budget: 20k', 'Budget', '20k', 'colon'],
  ])('%s', (line, label, value, style) => {
    expect(splitLabel(line)).toMatchObject({ label, value, style });
  });

  it.each([
    'https://x.example/a',
    'see https://x.example',
    'at 10:30 we met',
    'Hello, this is what I mean: a quote',
    'Contact form',
    'Email me please',
    'ratio 3:4',
    '',
    '***',
    ': x',
  ])('%s is only text', (line) => {
    expect(splitLabel(line)).toBeNull();
  });
});
