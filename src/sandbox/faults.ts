export type CallFault =
  | 'drop'
  | 'apply_then_timeout'
  | 'apply_then_503'
  | 'apply_then_fatal_error'
  | 'apply_late'
  | 'ratelimit'
  | 'html_200'
  | 'internal_error'
  | 'lagging_history';
export type DeliveryFault = 'event_twice' | 'event_retry' | 'cut_socket';

/** Something to go wrong: for Web API calls that match, or for what is delivered to the app. */
export interface FaultRule {
  /** For calls: the method and, where it names one, the channel. For deliveries: the event's type. */
  match?: { method?: string; channel?: string; type?: string };
  do: CallFault | DeliveryFault;
  /** How often, counting only what matches; without it, until the rules are replaced. */
  times?: number;
  /**
   * Milliseconds: how late `apply_late` is (5 s) and how young a message `lagging_history` hides (30 s), both by the
   * sandbox clock; what `ratelimit` asks the app to wait (1 s).
   */
  ms?: number;
}

const deliveryFaults: string[] = ['event_twice', 'event_retry', 'cut_socket'] satisfies DeliveryFault[];

export class Faults {
  #rules: (FaultRule & { left: number })[] = [];

  /** Replaces all rules; an empty list makes everything work again. */
  set(rules: FaultRule[]): void {
    this.#rules = rules.map((rule) => ({ ...rule, left: rule.times ?? Infinity }));
  }

  /** The rule that hits this call, if any; counts it. */
  forCall(method: string, channel: string | undefined): (FaultRule & { do: CallFault }) | undefined {
    return this.#take(
      (rule) =>
        !deliveryFaults.includes(rule.do) &&
        (rule.do !== 'lagging_history' ||
          ['conversations.history', 'conversations.replies'].includes(method)) &&
        (rule.match?.method ?? method) === method &&
        (rule.match?.channel === undefined || rule.match.channel === channel),
    ) as (FaultRule & { do: CallFault }) | undefined;
  }

  /** The rule that hits this delivery, if any; counts it. `type` is the event's or payload's type. */
  forDelivery(type: string, isEvent: boolean): DeliveryFault | undefined {
    const rule = this.#take(
      (rule) =>
        deliveryFaults.includes(rule.do) &&
        (isEvent || rule.do === 'cut_socket') &&
        (rule.match?.type ?? type) === type,
    );
    return rule?.do as DeliveryFault | undefined;
  }

  #take(matches: (rule: FaultRule) => boolean): FaultRule | undefined {
    const rule = this.#rules.find((candidate) => candidate.left > 0 && matches(candidate));
    if (rule !== undefined) rule.left -= 1;
    return rule;
  }
}
