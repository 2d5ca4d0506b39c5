import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Files share what is loaded: half the time. All that src/ keeps between them are caches.
    isolate: false,
  },
});
