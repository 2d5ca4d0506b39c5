import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channels, people } from '../../src/demo/workspace.ts';
import type { Message } from '../../src/sandbox/index.ts';
import { chromiumPath, launchBrowser } from '../support/browser.ts';
import { type RunningDemo, startDemo } from './demo.ts';

/** `SCREENSHOTS=1 npx vitest run test/e2e` makes the README's pictures anew. */
const pictures = process.env['SCREENSHOTS'] === '1';

describe.skipIf(chromiumPath === undefined)('the demo in a real browser', () => {
  let demo: RunningDemo;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(), launchBrowser()]);
    page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(10_000);
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  const open = async (person: keyof typeof people, channel: keyof typeof channels): Promise<void> => {
    await page.goto(`${demo.url}/?as=${people[person]}#${channels[channel]}`);
    await page.locator('article[data-ts]').first().waitFor();
  };
  const type = async (text: string): Promise<void> => {
    const composer = page.locator('textarea[data-composer=channel]');
    await composer.fill(text);
    await composer.press('Enter');
  };
  const picture = async (name: string): Promise<void> => {
    if (!pictures) return;
    await page.waitForTimeout(400);
    await page.screenshot({ path: `docs/images/${name}.png`, style: '.toast { display: none }' });
  };
  const messages = async (channel: keyof typeof channels): Promise<Message[]> => {
    const response = await fetch(`${demo.url}/_control/messages/${channels[channel]}`);
    return ((await response.json()) as { messages: Message[] }).messages;
  };
  const nudges = async (cardTs: string): Promise<string[]> =>
    (await messages('leads'))
      .filter(
        (message) =>
          message.thread_ts === cardTs && message.ts !== cardTs && message.ephemeral_to === undefined,
      )
      .map((message) => message.text ?? '');
  const cardOf = async (name: string): Promise<{ ts: string; card: Locator }> => {
    await expect
      .poll(async () =>
        (await messages('leads')).some((message) => message.text?.startsWith(`Lead: ${name}`)),
      )
      .toBe(true);
    const ts =
      (await messages('leads')).find((message) => message.text?.startsWith(`Lead: ${name}`))?.ts ?? '';
    return { ts, card: page.locator(`article[data-ts="${ts}"]`).first() };
  };
  /** Moves the clock by days until the thread has so many messages. */
  const untilNudged = async (cardTs: string, expected: number): Promise<void> => {
    for (let day = 0; day < 12 && (await nudges(cardTs)).length < expected; day += 1) {
      await forward('1d');
    }
    expect(await nudges(cardTs)).toHaveLength(expected);
  };
  const forward = async (span: '1h' | '1d' | '1w' | 'morning'): Promise<void> => {
    const moved = page.waitForResponse((response) => response.url().endsWith('/_control/clock'), {
      timeout: 60_000,
    });
    await page.locator(`[data-forward="${span}"]`).click();
    await moved;
  };

  test('a lead is claimed, followed up to the sixth touch, flagged and closed, and everybody sees it', async () => {
    await open('max', 'marketing');
    await page.locator('figure[data-chart]').last().waitFor();
    await page.locator('figure[data-chart]').last().scrollIntoViewIfNeeded();
    await picture('digest');

    await open('alice', 'leads');
    await type('/demo lead');
    const { ts, card } = await cardOf('Ada Lovelace');
    await card.getByText('asked for a demo').waitFor();
    await picture('card');

    await card.locator('[data-action-id=claim]').click();
    await card.getByText('○○○○○○ 0 of 6').waitFor();
    await card.locator('[data-action-id="touch:no_answer"]').click();
    await card.getByText('●○○○○○ 1 of 6').waitFor();
    await page.getByText('Logged for Ada Lovelace').first().waitFor();
    await picture('touch');

    await forward('1d');
    await forward('morning');
    await card.locator('[data-action-id="touch:email"]').click();
    await card.getByText('●●○○○○ 2 of 6').waitFor();
    expect(await nudges(ts), 'attempt 2 is not nudged').toEqual([]);

    await untilNudged(ts, 1);
    await card.locator('.thread-summary').click();
    const thread = page.locator('aside[data-thread]');
    await thread.getByText('Third attempt is due').first().waitFor();
    await picture('nudge');
    await thread.locator('[data-action-id="touch:voicemail"]').last().click();
    await card.getByText('●●●○○○ 3 of 6').waitFor();
    await thread.getByText('Third attempt: done').waitFor();

    await untilNudged(ts, 2);
    await thread.getByText('Fourth attempt is due').first().waitFor();
    await card.locator('[data-action-id="touch:linkedin"]').click();
    await card.getByText('●●●●○○ 4 of 6').waitFor();

    await forward('1w');
    await forward('morning');
    expect(await nudges(ts), 'attempt 5 is late, but not nudged').toHaveLength(2);
    await card.locator('[data-action-id="touch:email"]').click();
    await card.getByText('●●●●●○ 5 of 6').waitFor();

    await untilNudged(ts, 3);
    await thread.getByText('Sixth attempt is due').first().waitFor();
    await card.locator('[data-action-id="touch:no_answer"]').click();
    await card.getByText('●●●●●● 6 of 6').waitFor();
    await card.getByText('All planned attempts made').waitFor();

    await card.locator('[data-action-id=flag]').click();
    await page.getByRole('option', { name: 'Company too small' }).click();
    await card.getByText('Company too small').waitFor();
    await page.getByText('Marketing will see').first().waitFor();

    await card.locator('[data-action-id=resolve]').click();
    const modal = page.locator('[role=dialog]');
    await modal.getByText('Unresponsive').waitFor();
    await picture('close');
    await modal.getByText('Unresponsive').click();
    const words = modal.locator('textarea').first();
    await expect.poll(() => words.inputValue()).toContain('I have tried to reach you');
    await modal.getByText('Yes, I have sent it').click();
    await modal.getByTestId('modal-submit').click();
    await card.getByText('Unresponsive').waitFor();
    await card.getByText('prospect was told').waitFor();

    await type('/leads');
    await page.getByText('My queue').last().waitFor();
    await page.getByText('My queue').last().scrollIntoViewIfNeeded();
    await picture('queue');

    await open('mona', 'leads');
    await type('/standup');
    await page.getByText('Standup: Inbound').last().waitFor();
    await picture('standup');

    await open('max', 'marketing');
    await type('/leads digest');
    await page.getByText('Only visible to you').last().waitFor();
    await page.locator('figure[data-chart]').last().waitFor();
    await page.getByText('Company too small').last().waitFor();
  }, 120_000);

  test('a rep who is not a manager is told where to go instead of the standup', async () => {
    await open('bob', 'leads');
    await type('/standup');
    await page.getByText('is for managers. Your own leads').last().waitFor();
  });

  test('on a narrow window the card and its buttons stay within reach', async () => {
    await page.setViewportSize({ width: 420, height: 860 });
    await open('alice', 'leads');
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await picture('narrow');
  });
});
