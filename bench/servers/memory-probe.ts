/** Loaded before a server under test: tells the benchmark its memory, and ends with the benchmark. */
process.on('message', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  process.send?.(process.memoryUsage.rss());
});
process.on('disconnect', () => process.exit());
