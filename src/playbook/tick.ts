import type { Logger } from 'pino';
import type { Db } from '../db/schema.ts';
import type { PlaybookError } from './parse.ts';
import type { Playbooks } from './playbooks.ts';

/**
 * Looks whether the playbook file has changed.
 * @param tell passes a mistake on to the managers; the last good version stays in use
 */
export async function tickPlaybook(
  db: Db,
  playbooks: Playbooks,
  now: number,
  log: Logger,
  tell: (error: PlaybookError) => Promise<void>,
): Promise<void> {
  const result = await playbooks.reload(db, now);
  if (result === 'unchanged') return;
  if (result === 'changed') {
    log.info({ version: playbooks.current.version }, 'the playbook has changed; new leads start with it');
    return;
  }
  log.error({ mistake: result.message }, 'the playbook has a mistake; the last good version stays in use');
  try {
    await tell(result);
  } catch (error) {
    playbooks.lookAgain();
    throw error;
  }
}
