import { format } from 'node:util';
import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';

/**
 * Lets Bolt and the Slack clients write into our log. Their debug lines hold whole messages, names and addresses
 * included, so that they appear only at `trace`.
 */
export function boltLogger(log: Logger): BoltLogger {
  const child = log.child({ from: 'slack' });
  const write =
    (level: 'trace' | 'info' | 'warn' | 'error') =>
    (...parts: unknown[]): void =>
      child[level](format(...parts));
  return {
    debug: write('trace'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    // Both are pino's business; Bolt asks for them all the same.
    setLevel: () => undefined,
    getLevel: () => (child.isLevelEnabled('trace') ? LogLevel.DEBUG : LogLevel.INFO),
    setName: () => undefined,
  };
}
