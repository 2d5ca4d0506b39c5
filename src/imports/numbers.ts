/** `1,204`. */
export function number(value: number): string {
  return value.toLocaleString('en');
}

/** `1 lead`, `1,204 leads`. */
export function leads(value: number): string {
  return `${number(value)} ${value === 1 ? 'lead' : 'leads'}`;
}

/** `1 waits`, `1,204 wait`. */
export function waiting(value: number): string {
  return `${number(value)} ${value === 1 ? 'waits' : 'wait'}`;
}
