const letGo = 'has had it and let it go';

/** Why a lead waits that nobody is left for, as a part of a sentence. @param tag the routing rule's, if one fits */
export function letGoByAll(tag?: string): string {
  return `every rep${tag === undefined ? '' : ` with the tag ${tag}`} ${letGo}`;
}

/** The tag of the reps that a lead waits for; null where any rep will do. @param why `waits_for` */
export function tagOfWait(why: string): string | null {
  return / with the tag (\S+)/.exec(why)?.[1] ?? null;
}

/** Whether time alone gives the lead to somebody; else a person has to. @param why `waits_for` */
export function goesByItself(why: string): boolean {
  return !why.endsWith(letGo);
}
