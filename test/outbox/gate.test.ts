import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Gate, Gates } from '../../src/outbox/gate.ts';

describe('one gate', () => {
  test('lets through as many as it may, then opens when the oldest call is a window old', () => {
    const gate = new Gate(2, 1000);
    gate.take(0);
    expect(gate.opensAt(300)).toBe(300);
    gate.take(300);
    expect(gate.opensAt(300)).toBe(1000);
    expect(gate.opensAt(1000)).toBe(1000);
    gate.take(1000);
    expect(gate.opensAt(1000)).toBe(1300);
  });

  test('stays shut while paused, and a shorter pause does not shorten a longer one', () => {
    const gate = new Gate(5, 1000);
    gate.pause(9000);
    gate.pause(4000);
    expect(gate.opensAt(0)).toBe(9000);
    expect(gate.opensAt(9500)).toBe(9500);
  });

  test('never lets more than its limit through in any window', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), steps, (limit, waits) => {
        const gate = new Gate(limit, 1000);
        const calls: number[] = [];
        let now = 0;
        for (const wait of waits) {
          now = gate.opensAt(now + wait);
          gate.take(now);
          calls.push(now);
        }
        for (const start of calls) {
          expect(calls.filter((at) => at >= start && at < start + 1000).length).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });
});

describe('the gates of Slack', () => {
  test('one post a second in a channel; other channels are free', () => {
    const gates = new Gates();
    gates.take('channel:C1', 0);
    expect(gates.opensAt('channel:C1', 0)).toBeGreaterThanOrEqual(1000);
    expect(gates.opensAt('channel:C2', 0)).toBe(0);
  });

  test('a pause shuts its own channel only', () => {
    const gates = new Gates();
    gates.pause('channel:C1', 30_000);
    expect(gates.opensAt('channel:C1', 0)).toBe(30_000);
    expect(gates.opensAt('channel:C2', 0)).toBe(0);
  });

  test('a pause for one card of a list shuts the whole channel: that is what Slack has limited', () => {
    const gates = new Gates();
    gates.pause('bulk:C1', 30_000);
    expect(gates.opensAt('bulk:C1', 0)).toBe(30_000);
    expect(gates.opensAt('channel:C1', 0)).toBe(30_000);
    expect(gates.opensAt('channel:C2', 0)).toBe(0);
  });

  test('cards of a list take every second place of their channel at most', () => {
    const gates = new Gates();
    gates.take('bulk:C1', 0);
    expect(gates.opensAt('channel:C1', 0)).toBeLessThan(1100);
    expect(gates.opensAt('bulk:C1', 0)).toBeGreaterThan(2100);
  });

  test('all channels together stay under the limit of the workspace', () => {
    const gates = new Gates();
    for (let index = 0; index < 240; index += 1) gates.take(`channel:C${index}`, 0);
    expect(gates.opensAt('channel:another', 0)).toBe(60_000);
  });

  test.each([
    ['update', 'update', 50],
    ['update that nobody waits for', 'update:bulk', 25],
    ['ephemeral', 'ephemeral:U1', 100],
  ])('%s: fewer than Slack allows in a minute', (_name, lane, allowed) => {
    const gates = new Gates();
    let sent = 0;
    while (gates.opensAt(lane, 0) === 0) {
      gates.take(lane, 0);
      sent += 1;
    }
    expect(sent).toBeGreaterThan(allowed / 2);
    expect(sent).toBeLessThan(allowed);
  });

  test('updates that nobody waits for leave room for the others, and count with them', () => {
    const gates = new Gates();
    for (let sent = 0; sent < 20; sent += 1) gates.take('update:bulk', 0);
    expect(gates.opensAt('update:bulk', 0)).toBe(60_000);
    expect(gates.opensAt('update', 0)).toBe(0);
    for (let sent = 0; sent < 25; sent += 1) gates.take('update', 0);
    expect(gates.opensAt('update', 0)).toBe(60_000);
  });

  test('ephemeral messages of all people share one limit', () => {
    const gates = new Gates();
    for (let index = 0; index < 90; index += 1) gates.take(`ephemeral:U${index}`, 0);
    expect(gates.opensAt('ephemeral:another', 0)).toBe(60_000);
  });
});
