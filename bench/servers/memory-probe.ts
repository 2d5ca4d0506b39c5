/** Loaded before a server under test: tells the benchmark its memory, and ends with the benchmark. */
process.on('message', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  process.send?.(process.memoryUsage.rss());
  if (process.env.MEMLOG)
    console.error(
      process.argv[1],
      'amaro',
      (process as any).moduleLoadList
        .filter((m: string) => /amaro|undici\/undici|wasm|worker/.test(m))
        .join(' '),
      process.memoryUsage().rss,
      (process.getBuiltinModule('node:v8') as any)
        .getHeapSpaceStatistics()
        .map(
          (x: any) =>
            x.space_name +
            ' ' +
            (x.space_size / 1e6).toFixed(1) +
            ' used ' +
            (x.space_used_size / 1e6).toFixed(1),
        )
        .filter((t: string) => !/ 0.0 used/.test(t))
        .join(', '),
    );
});
process.on('disconnect', () => process.exit());
