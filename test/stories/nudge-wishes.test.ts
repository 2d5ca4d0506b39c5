import { expect, test } from 'vitest';
import type { PreferenceRow } from '../../src/db/schema.ts';
import { asked, leadBeforeThirdAttempt, nudgedLead } from '../support/nudged.ts';
import { actionIds, moment, people, startWorld, textOf, type World } from '../support/world.ts';

async function wish(world: World, wanted: Partial<PreferenceRow>): Promise<void> {
  await world.db
    .insertInto('preference')
    .values({ team_id: 'T0ACME', user_id: people.alice, ...wanted })
    .onConflict((conflict) => conflict.columns(['team_id', 'user_id']).doUpdateSet(wanted))
    .execute();
}

async function away(world: World, deputy: string | null, until: number): Promise<void> {
  await world.db
    .insertInto('absence')
    .values({
      team_id: 'T0ACME',
      user_id: people.alice,
      why: 'away',
      from_at: world.now,
      until_at: until,
      set_by: people.alice,
      deputy_id: deputy,
    })
    .execute();
  await world.db
    .updateTable('sales_team')
    .set({ updated_at: world.now + 1 })
    .execute();
}

test('who prefers direct messages gets the whole nudge as one, with a link to the card', async () => {
  const world = await startWorld();
  await wish(world, { nudge_in: 'direct' });
  const lead = await nudgedLead(world);
  expect(world.nudges(lead)).toEqual([]);
  const [message] = asked(world, 'alice');
  expect(textOf(message)).toMatch(/^Third attempt is due: Ada Lovelace\n:bell: \*Third attempt is due\* for/);
  expect(textOf(message)).toMatch(/<https:[^|]+\|Open card>/);
  expect(textOf(message)).toContain('*Tried so far:* called, no answer (2×).');
  expect(message && actionIds(message)).toContain('snooze:week');
});

test('a nudge that came as a direct message names its lead and links to the card once it is done', async () => {
  const world = await startWorld();
  await wish(world, { nudge_in: 'direct' });
  const lead = await nudgedLead(world);
  await world.click('alice', world.card(lead), 'touch:email');
  const [message] = asked(world, 'alice');
  expect(message?.text).toBe('Ada Lovelace · third attempt: done.');
  expect(textOf(message)).toMatch(
    /:white_check_mark: \*Ada Lovelace\* \(Lovelace Ltd\) · third attempt: done\. {2}<https:[^|]+\|Open card>/,
  );
});

test('in quiet hours nothing comes; it comes when they are over', async () => {
  const world = await startWorld();
  await wish(world, { quiet_from: '09:30', quiet_to: '11:15' });
  const lead = await leadBeforeThirdAttempt(world);
  await world.skipTo(moment('2026-11-05', '10:30'));
  await world.skipTo(moment('2026-11-05', '11:14'));
  expect(world.nudges(lead)).toEqual([]);
  await world.skipTo(moment('2026-11-05', '11:15'));
  expect(world.nudges(lead)).toHaveLength(1);
});

test('the first touch that the ladder asks for survives a change of hours while quiet hours hold it back', async () => {
  const world = await startWorld();
  await wish(world, { quiet_from: '10:30', quiet_to: '16:00' });
  const lead = await world.ownedLead('alice');
  await world.skipTo(moment('2026-11-02', '15:30'));
  expect((await world.lead(lead.id)).nudge_at).toBe(moment('2026-11-02', '16:00'));
  await world.db
    .updateTable('sales_team')
    .set({ day_end: '18:00', updated_at: world.now + 1 })
    .execute();
  await world.skipTo(moment('2026-11-02', '15:31'));
  await world.skipTo(moment('2026-11-02', '16:00'));
  expect(world.nudges(lead)).toEqual(['First attempt is due: Ada Lovelace']);
});

test('while a rep is away their deputy is called, and the rep is not', async () => {
  const world = await startWorld();
  const lead = await leadBeforeThirdAttempt(world);
  await away(world, people.bob, moment('2026-11-12', '09:00'));
  await world.skipTo(moment('2026-11-05', '10:30'));
  const said = textOf(world.nudge(lead));
  expect(said).toContain(`<@${people.bob}> *Third attempt is due*`);
  expect(said).toContain('(you look after it while its owner is away)');
  expect(said).not.toContain(people.alice);
});

test('while a rep is away and nobody stands in for them, the nudge waits until they are back', async () => {
  const world = await startWorld();
  const lead = await leadBeforeThirdAttempt(world);
  await away(world, null, moment('2026-11-09', '12:00'));
  await world.skipTo(moment('2026-11-05', '10:30'));
  await world.skipTo(moment('2026-11-09', '11:59'));
  expect(world.nudges(lead)).toEqual([]);
  await world.skipTo(moment('2026-11-09', '12:00'));
  expect(textOf(world.nudge(lead))).toContain(`<@${people.alice}> *Third attempt is due*`);
});

test('from thirty replies on the nudge says why now in the team’s own numbers', async () => {
  const world = await startWorld();
  const lead = await leadBeforeThirdAttempt(world);
  const answer = (attempt: number, index: number) => ({
    team_id: 'T0ACME',
    sales_team_id: lead.sales_team_id,
    lead_id: lead.id,
    user_id: people.bob,
    kind: 'replied' as const,
    // Each in a cadence of its own: the second answer of one is no first answer.
    cadence_epoch: 100 + index,
    attempt,
    at: world.now - 1,
    logged_at: world.now,
  });
  await world.db
    .insertInto('touch')
    .values([
      ...Array.from({ length: 20 }, (_, index) => answer(1, index)),
      ...Array.from({ length: 10 }, (_, index) => answer(4, 20 + index)),
      ...Array.from({ length: 5 }, (_, index) => answer(5, index)),
    ])
    .execute();
  await world.skipTo(lead.nudge_at ?? NaN);
  expect(textOf(world.nudge(lead))).toContain(
    '*Why now:* 33% of this team’s replies came on attempt 3 or later.',
  );
});

test('"What’s in the way?" saves the obstacle with one click and answers with the playbook’s tip', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), 'obstacle', `${lead.id}:deal_size`);
  expect(world.lastWhisper('alice')).toContain('Find out how many teams could use it before you judge.');
  expect(await world.lead(lead.id)).toMatchObject({ obstacle: 'deal_size' });
  expect(JSON.stringify(world.nudge(lead).blocks)).toContain('"initial_option"');
  const actions = await world.db
    .selectFrom('audit')
    .select('action')
    .where('lead_id', '=', lead.id)
    .execute();
  expect(actions.map(({ action }) => action)).toContain('lead.obstacle');
  await world.click('alice', world.nudge(lead), 'obstacle', `${lead.id}:none`);
  expect(await world.lead(lead.id)).toMatchObject({ obstacle: null });
});

test('somebody else can’t say what is in the way', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('bob', world.nudge(lead), 'obstacle', `${lead.id}:deal_size`);
  expect(world.lastWhisper('bob')).toContain('Nothing was changed.');
  expect(await world.lead(lead.id)).toMatchObject({ obstacle: null });
});

test('a message to a rep who is away says that their deputy looks after the lead, not that they have it', async () => {
  const world = await startWorld();
  await wish(world, { nudge_in: 'direct' });
  const lead = await nudgedLead(world);
  await away(world, people.bob, moment('2026-11-12', '09:00'));
  await world.click('bob', world.card(lead), 'messages');
  await world.db.updateTable('lead').set({ obstacle: null }).where('id', '=', lead.id).execute();
  await world.click('mona', world.card(lead), 'touch:replied');
  await world.click('mona', world.whisper('mona'), 'touch_undo');
  expect(world.directMessages('alice').join('\n')).toContain(
    `Ada Lovelace: <@${people.bob}> looks after it now.`,
  );
});
