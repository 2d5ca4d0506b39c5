import { readFileSync, writeFileSync } from 'node:fs';
import { temporaryFile } from './world.ts';

/** A file with the standard playbook, changed. @throws when the change changes nothing: a typing error in the test */
export function changedPlaybook(change: (text: string) => string): string {
  const text = readFileSync('data/playbook.yml', 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error('This changes nothing in the playbook.');
  const path = temporaryFile('playbook.yml');
  writeFileSync(path, changed);
  return path;
}

/** For stories in which leads lie still for days: nobody is reminded, and no lead changes hands by itself. */
export function withoutLadders(text: string): string {
  return text.replace(/^ {6}(?:unclaimed|untouched): .*\n/gm, '').replace(/^ {4}ladder:\n/gm, '');
}
