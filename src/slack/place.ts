/** Where a form was opened; nowhere in the App Home. */
export interface Place {
  channelId?: string | undefined;
  threadTs?: string | undefined;
}

/** What a form remembers while it is open, and where to answer: `12|C0LEADS|1790000000.000100`. */
export function withPlace(memory: string, { channelId = '', threadTs = '' }: Place): string {
  return `${memory}|${channelId}|${threadTs}`;
}

/** What it remembers apart from the place. */
export function memoryIn(text: string): string {
  return text.split('|')[0] ?? '';
}

/** Another form's memory names no place. */
export function placeIn(text = ''): Place {
  const [, channelId, threadTs] = /\|([A-Z0-9]+)\|([\d.]*)$/.exec(text) ?? [];
  return channelId === undefined ? {} : { channelId, ...(threadTs && { threadTs }) };
}
