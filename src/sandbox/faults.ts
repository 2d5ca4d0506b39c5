export const callFaults = [
  'drop',
  'apply_then_timeout',
  'apply_then_503',
  'apply_then_fatal_error',
  'apply_late',
  'ratelimit',
  'html_200',
  'internal_error',
  'invalid_blocks',
  'lagging_history',
] as const;
export const deliveryFaults = ['event_twice', 'event_retry', 'event_late', 'cut_socket'] as const;
export type CallFault = (typeof callFaults)[number];
type DeliveryFault = (typeof deliveryFaults)[number];

/** Something to go wrong: for Web API calls that match, or for what is delivered to the app. */
export interface FaultRule {
  /**
   * For calls: the method, the channel where it names one, and a type of block in what it sends (`invalid_blocks`:
   * a server that does not know this block yet). For deliveries: the event's type.
   */
  match?: { method?: string; channel?: string; type?: string; block?: string };
  do: CallFault | DeliveryFault;
  /** How often, counting only what matches; without it, until the rules are replaced. */
  times?: number;
  /**
   * Milliseconds by the sandbox clock: how late `apply_late` (5 s) and `event_late` (2 s) are, how young a message
   * `lagging_history` hides (30 s), what `ratelimit` asks the app to wait (1 s).
   */
  ms?: number;
}

const histories = ['conversations.history', 'conversations.replies'];

export class Faults {
  #rules: (FaultRule & { left: number })[] = [];

  /** Replaces all rules; an empty list makes everything work again. */
  set(rules: FaultRule[]): void {
    this.#rules = rules.map((rule) => ({ ...rule, left: rule.times ?? Infinity }));
  }

  /** The rule that hits this call, if any; counts it. `sent` is what the call's arguments hold, as JSON. */
  forCall(method: string, channel: unknown, sent: () => string): (FaultRule & { do: CallFault }) | undefined {
    return this.#take(callFaults, ({ do: kind, match = {} }) => {
      if (kind === 'lagging_history' && !histories.includes(method)) return false;
      if (match.method !== undefined && match.method !== method) return false;
      if (match.channel !== undefined && match.channel !== channel) return false;
      return match.block === undefined || sent().includes(`"type":"${match.block}"`);
    });
  }

  /** The rule that hits this delivery, if any; counts it. `type` is the event's or payload's type. */
  forDelivery(type: string, isEvent: boolean): (FaultRule & { do: DeliveryFault }) | undefined {
    return this.#take(
      deliveryFaults,
      (rule) => (isEvent || rule.do === 'cut_socket') && (rule.match?.type ?? type) === type,
    );
  }

  #take<T extends FaultRule['do']>(
    kinds: readonly T[],
    matches: (rule: FaultRule) => boolean,
  ): (FaultRule & { do: T }) | undefined {
    const rule = this.#rules.find(
      (candidate): candidate is FaultRule & { do: T; left: number } =>
        candidate.left > 0 && (kinds as readonly string[]).includes(candidate.do) && matches(candidate),
    );
    if (rule !== undefined) rule.left -= 1;
    return rule;
  }
}
