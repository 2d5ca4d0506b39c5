import { z } from 'zod';
import type { OutgoingMessage } from '../outbox/message.ts';

/** The data of all messages about an import. */
export const importData = z.object({ importId: z.number() });
export const progressType = 'import_progress';
export const rejectedType = 'import_rejected';

/** The direct message about an import that is kept up to date, and has the rows that go back in its thread. */
export function importSlot(importId: number): string {
  return `import:${importId}`;
}

export function progressMessage(importId: number): OutgoingMessage {
  return { type: progressType, data: { importId } satisfies z.infer<typeof importData> };
}

export function rejectedMessage(importId: number): OutgoingMessage {
  return { type: rejectedType, data: { importId } satisfies z.infer<typeof importData> };
}
