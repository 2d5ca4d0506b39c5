import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Db } from '../db/schema.ts';
import { parsePlaybook, PlaybookError } from './parse.ts';
import type { Playbook } from './schema.ts';
import { latestVersion, renewVersion, saveVersion, versionBody, versionByHash } from './store.ts';

export interface PlaybookVersion {
  version: number;
  playbook: Playbook;
}

export type ReloadResult = 'unchanged' | 'changed' | PlaybookError;

/**
 * The playbook file and all versions of it that leads have started with. The newest good one is `current`; a file
 * with a mistake never replaces it.
 */
export class Playbooks {
  readonly #path: string;
  readonly #teamId: string;
  readonly #parsed = new Map<number, Playbook>();
  #seen: string | undefined;
  #current: PlaybookVersion | undefined;

  constructor(path: string, teamId: string) {
    this.#path = path;
    this.#teamId = teamId;
  }

  /** The playbook that new leads start with. */
  get current(): PlaybookVersion {
    if (!this.#current) throw new Error('Playbooks.load() has not run yet.');
    return this.#current;
  }

  /**
   * Reads the file when the app starts. With a mistake in the file the last good version is used.
   * @returns the mistake, if the last good version is used instead of the file
   * @throws PlaybookError when the file has a mistake and there is no earlier version
   */
  async load(db: Db, now: number): Promise<PlaybookError | undefined> {
    const result = await this.reload(db, now);
    if (!(result instanceof PlaybookError)) return undefined;
    const latest = await latestVersion(db, this.#teamId);
    if (latest === undefined) throw result;
    this.#current = { version: latest, playbook: await this.version(db, latest) };
    return result;
  }

  /** Looks at the file again; cheap when it has not changed. A mistake is reported once, and the current one stays. */
  async reload(db: Db, now: number): Promise<ReloadResult> {
    let yaml: string;
    try {
      yaml = readFileSync(this.#path, 'utf8');
    } catch (error) {
      yaml = '';
      if (this.#seen === yaml) return 'unchanged';
      this.#seen = yaml;
      return new PlaybookError(
        `${this.#path} can't be read (${(error as NodeJS.ErrnoException).code ?? String(error)}). Put the file back or set PLAYBOOK_PATH to where it is.`,
      );
    }
    if (yaml === this.#seen) return 'unchanged';
    let playbook: Playbook;
    try {
      playbook = parsePlaybook(yaml, this.#path);
    } catch (error) {
      if (!(error instanceof PlaybookError)) throw error;
      this.#seen = yaml;
      return error;
    }
    const hash = createHash('sha256').update(yaml).digest('hex');
    const known = await versionByHash(db, this.#teamId, hash);
    if (known !== undefined) await renewVersion(db, this.#teamId, known, now);
    const version = known ?? (await saveVersion(db, this.#teamId, hash, yaml, now));
    this.#seen = yaml;
    this.#parsed.set(version, playbook);
    this.#current = { version, playbook };
    return 'changed';
  }

  /** Lets the next `reload` report again what it has reported: nobody could be told. */
  lookAgain(): void {
    this.#seen = undefined;
  }

  /** The playbook a lead started with. */
  async version(db: Db, version: number): Promise<Playbook> {
    const known = this.#parsed.get(version);
    if (known) return known;
    const yaml = await versionBody(db, this.#teamId, version);
    const playbook = parsePlaybook(yaml, `${this.#path} (version ${version})`);
    this.#parsed.set(version, playbook);
    return playbook;
  }
}
