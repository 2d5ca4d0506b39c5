import { type Logger, pino } from 'pino';

export interface LogLine {
  /** pino's numbers: 40 is a warning, 50 an error. */
  level: number;
  msg: string;
  [field: string]: unknown;
}

/** A real logger whose lines can be looked at. */
export function memoryLog(): { log: Logger; lines: LogLine[]; errors(): LogLine[] } {
  const lines: LogLine[] = [];
  const stream = { write: (text: string) => void lines.push(JSON.parse(text) as LogLine) };
  const log = pino({ level: 'debug' }, stream);
  return { log, lines, errors: () => lines.filter((line) => line.level >= 50) };
}
