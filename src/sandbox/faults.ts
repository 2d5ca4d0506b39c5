import type { ServerResponse } from 'node:http';
import { z } from 'zod';

const html = '<html>Something went wrong</html>';
export type Breakage = {
  applied?: 'now' | 'late';
  answer?: (response: ServerResponse) => unknown;
  error?: string;
};
/** What each fault does to a call: whether and when it is applied, and what the app hears. */
export const breakages = {
  drop: { answer: (response) => response.destroy() },
  // The answer never comes: the connection stays open until the client gives up or the sandbox stops.
  apply_then_timeout: { applied: 'now', answer: () => undefined },
  apply_late: { applied: 'late', answer: () => undefined },
  apply_then_503: { applied: 'now', answer: (response) => response.writeHead(503).end(html) },
  apply_then_fatal_error: { applied: 'now', error: 'fatal_error' },
  internal_error: { error: 'internal_error' },
  html_200: { answer: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html) },
  ratelimit: { error: 'ratelimited' },
  invalid_blocks: { error: 'invalid_blocks' },
  lagging_history: {},
} satisfies Record<string, Breakage>;
export type CallFault = keyof typeof breakages;

const callFaults = Object.keys(breakages) as CallFault[];
const deliveryFaults = ['event_twice', 'event_retry', 'event_late', 'cut_socket'] as const;
const text = z.string().min(1);

/**
 * Something to go wrong: for Web API calls that match (by method, channel, or a type of block in what is sent), or for
 * what is delivered to the app (by the event's type). `times` counts only what matches; without it, until the rules
 * are replaced. `ms` by the sandbox clock: how late `apply_late` (5 s) and `event_late` (2 s) are, how young a message
 * `lagging_history` hides (30 s), what `ratelimit` asks the app to wait (1 s).
 */
export const faultRule = z.object({
  match: z.object({ method: text, channel: text, type: text, block: text }).partial().optional(),
  do: z.enum([...callFaults, ...deliveryFaults]),
  times: z.number().int().positive().optional(),
  ms: z.number().nonnegative().optional(),
});
export type FaultRule = z.infer<typeof faultRule>;

export class Faults {
  #rules: (FaultRule & { left: number })[] = [];

  /** Replaces all rules; an empty list makes everything work again. */
  set(rules: FaultRule[]): void {
    this.#rules = rules.map((rule) => ({ ...rule, left: rule.times ?? Infinity }));
  }

  /** The rule that hits this call, if any; counts it. `sent` is what the call's arguments hold, as JSON. */
  forCall(method: string, channel: unknown, sent: () => string): FaultRule | undefined {
    const isHistory = method === 'conversations.history' || method === 'conversations.replies';
    return this.#take(callFaults, ({ do: kind, match = {} }) => {
      if (kind === 'lagging_history' && !isHistory) return false;
      if ((match.method ?? method) !== method || (match.channel ?? channel) !== channel) return false;
      return match.block === undefined || sent().includes(`"type":"${match.block}"`);
    });
  }

  /** The rule that hits this delivery, if any; counts it. `type` is the event's or payload's type. */
  forDelivery(type: string, isEvent: boolean): FaultRule | undefined {
    const matches = (rule: FaultRule): boolean => (rule.match?.type ?? type) === type;
    return this.#take(isEvent ? deliveryFaults : ['cut_socket'], matches);
  }

  #take(kinds: readonly FaultRule['do'][], matches: (rule: FaultRule) => boolean): FaultRule | undefined {
    const rule = this.#rules.find((one) => one.left > 0 && kinds.includes(one.do) && matches(one));
    if (rule !== undefined) rule.left -= 1;
    return rule;
  }
}
