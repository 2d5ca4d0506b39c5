import Sqlite from 'better-sqlite3';
const proto = Sqlite.prototype as any;
const orig = proto.prepare;
const t = new Map<string, [number, number]>();
proto.prepare = function (sql: string) {
  const st = orig.call(this, sql);
  const wrap =
    (m: string) =>
    (...p: any[]) => {
      const s = performance.now();
      try {
        return st[m](...p);
      } finally {
        const e = t.get(sql) ?? [0, 0];
        e[0] += performance.now() - s;
        e[1]++;
        t.set(sql, e);
      }
    };
  return {
    reader: st.reader,
    all: wrap('all'),
    run: wrap('run'),
    get: (...a: any[]) => st.get(...a),
    pluck: () => st.pluck(),
    iterate: st.iterate,
  };
};
await import('./_prof.ts');
for (const [k, [ms, n]] of [...t].sort((a, b) => b[1][0] - a[1][0]).slice(0, 16))
  console.log(((ms / n) * 1000).toFixed(1) + 'µs', n, k.slice(0, 130));
