/** What somebody who replied has said, in the words of the form. */
export const said = {
  interested: 'They are interested',
  later: 'Later',
  no: 'Not now, or no need',
  wrong_person: 'Wrong person, or they named somebody else',
  other: 'Something else',
} as const;

export type Said = keyof typeof said;

export function isSaid(text: string): text is Said {
  return Object.hasOwn(said, text);
}
