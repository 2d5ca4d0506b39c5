import { describe, expect, it } from 'vitest';
import { looksLikePhone, phoneInProse, readPhone } from '../../src/intake/phone.ts';

describe('a phone number as people write it', () => {
  it.each([
    ['+49 30 901820', undefined, '+4930901820'],
    ['030 901820', 'DE', '+4930901820'],
    ['030/90 18 20', 'de', '+4930901820'],
    ['tel:+1-202-555-0123', undefined, '+12025550123'],
    ['(202) 555-0123 ext. 4', 'US', '+12025550123'],
    ['0049 30 901820', 'DE', '+4930901820'],
    ['+44 20 7946 0018 (office)', 'DE', '+442079460018'],
    ['020 7946 0018', 'GB', '+442079460018'],
    ['０３０ ９０１８２０', 'DE', '+4930901820'],
  ])('%s in %s is %s', (text, region, expected) => {
    expect(readPhone(text, region)).toBe(expected);
  });

  it.each([
    ['030 901820', undefined, '030 901820'],
    ['  030   901820 ', 'XX', '030 901820'],
    ['030 901820', 'not a country', '030 901820'],
  ])('%s without a usable country stays as it is', (text, region, expected) => {
    expect(readPhone(text, region)).toBe(expected);
  });

  it.each([
    '',
    'n/a',
    '12',
    'call me maybe',
    'ada@x.example',
    '1'.repeat(40),
    'see order 4711 from last week, thanks',
  ])('%s is none', (text) => {
    expect(readPhone(text, 'DE')).toBeNull();
  });
});

describe('telling a number from other digits', () => {
  it('a part of a list is a number only if nothing else is in it', () => {
    expect(['+49 30 901820', '01632 960960', '(202) 555-0123', 'Tel: 030 901820'].every(looksLikePhone)).toBe(
      true,
    );
    expect(['2026-11-22', '22.11.2026', '50 seats', '4711', 'Room 101', ''].some(looksLikePhone)).toBe(false);
  });

  it('running text needs the country code', () => {
    expect(phoneInProse('Call +49 30 901820, please')).toBe('+49 30 901820');
    expect(phoneInProse('Order 030 901820 has left')).toBeNull();
  });
});
