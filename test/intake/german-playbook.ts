import { readFileSync, writeFileSync } from 'node:fs';
import { temporaryFile } from '../support/world.ts';

/** The playbook where numbers without a country code are German ones. */
export function germanPlaybook(): string {
  const path = temporaryFile('playbook.yml');
  writeFileSync(path, readFileSync('data/playbook.yml', 'utf8').replace('# phoneCountry', 'phoneCountry'));
  return path;
}
