import { defineConfig } from 'vitest/config';

/** A browser, a process of its own, real seconds: these want the machine for themselves. */
const inRealTime = [
  'test/e2e/**/*.test.ts',
  'test/sandbox/**/*.test.ts',
  'test/index.test.ts',
  'test/db/trouble.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Files share what is loaded: half the time. All that src/ keeps between them are caches.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'rules',
          include: ['test/**/*.test.ts'],
          exclude: inRealTime,
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'real time', include: inRealTime, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
