let last = 0;
const m = (n: string) => {
  globalThis.gc?.();
  globalThis.gc?.();
  const u = process.memoryUsage();
  const r = u.rss / 1048576;
  console.log(
    n.padEnd(28),
    r.toFixed(1),
    '+' + (r - last).toFixed(1),
    'heap',
    (u.heapUsed / 1048576).toFixed(1),
    'ext',
    (u.external / 1048576).toFixed(1),
  );
  last = r;
};
m('start');
for (const lib of process.argv.slice(2)) {
  await import(lib.startsWith('.') ? new URL(lib, import.meta.url).href : lib);
  m(lib);
}
