import type { Origin } from './store.ts';

/**
 * What marketing calls a source, however it is spelled on its way to us: the form where there is one, else the source
 * without the name of the app that posted it. `HubSpot: Demo request` and `Demo request` are one.
 */
export function sourceName({ source, form, way }: Origin): string {
  if (form !== null && form.trim() !== '') return form.trim();
  // What people type may have a colon of its own: `Webinar: Growth` and `E-book: Growth` are two.
  if (way === 'import' || way === 'hand') return source;
  return /^[^:]{1,60}: +(\S.*)$/s.exec(source)?.[1] ?? source;
}

/** Under which all spellings of a name are counted. */
export function sourceKey(name: string): string {
  return name.replace(/\s+/g, ' ').trim().toLowerCase();
}
