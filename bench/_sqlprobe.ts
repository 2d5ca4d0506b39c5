import Sqlite from 'better-sqlite3';
import { writeFileSync } from 'node:fs';
const proto = Sqlite.prototype as any;
const orig = proto.prepare;
const t = new Map<string, [number, number]>();
const start = performance.now();
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
process.on('exit', () => {
  const rows = [...t]
    .sort((a, b) => b[1][0] - a[1][0])
    .slice(0, 24)
    .map(([k, [ms, n]]) => `${ms.toFixed(0)}ms ${n}× ${((ms / n) * 1000).toFixed(1)}µs ${k.slice(0, 150)}`);
  rows.push(
    'total sql ' + [...t.values()].reduce((a, b) => a + b[0], 0) + ' of ' + (performance.now() - start),
  );
  writeFileSync('/tmp/prof/sqlprobe-' + process.argv[1]!.split('/').pop() + '.txt', rows.join('\n'));
});
