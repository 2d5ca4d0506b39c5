import Sqlite from 'better-sqlite3';
const db = new Sqlite('/tmp/prof/x.db');
db.pragma('synchronous=FULL');
const t = (name: string, f: () => void, n = 20000) => {
  for (let i = 0; i < 2000; i++) f();
  const s = performance.now();
  for (let i = 0; i < n; i++) f();
  console.log(name, (((performance.now() - s) / n) * 1000).toFixed(2), 'µs');
};
const m = db.prepare('select "user_id", "role" from "member" where "sales_team_id" = ? order by "position"');
t('member order', () => m.all([1]));
const m2 = db.prepare('select "user_id", "role" from "member" where "sales_team_id" = ?');
t('member noorder', () => m2.all([1]));
const m3 = db.prepare(
  `select group_concat(user_id, ' ') from (select user_id, role from "member" where "sales_team_id" = ? order by "position")`,
);
t('member concat', () => m3.all([1]));
const to = db.prepare(
  'select * from "touch" where "lead_id" = ? and "cadence_epoch" = ? and "undone_at" is null order by "at", "id"',
);
let i = 0;
t('touch', () => to.all([i++ % 7500, 1]));
const l = db.prepare('select * from "lead" where "id" = ? and "team_id" = ?');
t('lead by id', () => l.all([i++ % 7500, 'T0BENCH']));
const o = db.prepare('select 1');
t('select 1', () => o.all([]));
const up = db.prepare('update lead set attempts = attempts where id = ?');
db.exec('begin');
t('update lead nochange in tx', () => up.run([i++ % 7500]));
db.exec('rollback');
const b = db.prepare('begin'),
  c = db.prepare('commit'),
  up2 = db.prepare('update sales_team set updated_at = ? where id = 1');
t(
  'begin/update/commit',
  () => {
    b.run();
    up2.run([i++]);
    c.run();
  },
  2000,
);
db.pragma('synchronous=NORMAL');
t(
  'begin/update/commit normal',
  () => {
    b.run();
    up2.run([i++]);
    c.run();
  },
  2000,
);
