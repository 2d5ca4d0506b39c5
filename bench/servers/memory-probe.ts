/** Loaded before a server under test: tells the benchmark its memory, and ends with the benchmark. */
process.on('message', (asked) => {
  if (asked === 'peak') return void process.send?.(process.resourceUsage().maxRSS * 1024);
  globalThis.gc?.();
  globalThis.gc?.();
  return void process.send?.(process.memoryUsage.rss());
});
process.on('disconnect', () => process.exit());
