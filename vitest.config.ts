import { defineConfig } from 'vitest/config';

const stable = '/tmp/stable/src/sandbox/';
export default defineConfig({
  plugins: [
    {
      name: 'temporary-stable-sandbox',
      enforce: 'pre',
      resolveId(source: string, importer?: string) {
        if (!importer || importer.includes('/test/sandbox/') || importer.includes('/src/sandbox/')) return null;
        const match = /\/sandbox\/([a-z-]+\.ts)$/.exec(source);
        return match ? stable + match[1] : null;
      },
    },
  ],
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
