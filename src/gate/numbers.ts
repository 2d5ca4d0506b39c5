import { MINUTE } from '../calendar/civil.ts';

/** `2,900`. */
export function numberOf(number: number): string {
  return number.toLocaleString('en');
}

/** `1 lead`, `2,900 leads`. */
export function counted(number: number, noun: string): string {
  return `${numberOf(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** How long Slack takes for one of many cards, as its limits let us post them. */
const oneCard = 2_500;

/** `about 50 minutes`, for so many cards. */
export function cardsTake(cards: number): string {
  const minutes = Math.max(1, Math.round((cards * oneCard) / MINUTE));
  return minutes < 90 ? `about ${counted(minutes, 'minute')}` : `about ${Math.round(minutes / 60)} hours`;
}
