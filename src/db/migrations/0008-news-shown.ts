import type { Migration } from '../migrate.ts';

/** What a ladder's message says about a lead, so that it is only sent anew where it would say something else. */
export const newsShown: Migration = {
  name: '0008-news-shown',
  sql: `
ALTER TABLE ladder_news ADD COLUMN shown TEXT;
UPDATE ladder_news SET shown = '' WHERE is_open = 0;
ALTER TABLE ladder_news DROP COLUMN is_open;
`,
};
