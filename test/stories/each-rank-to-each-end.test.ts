import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import { askedFrom } from '../../src/lead/due.ts';
import { standardPlaybook } from '../support/rows.ts';
import { Transcript } from '../support/transcript.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';

const ranks = {
  A: 'Demo request',
  B: 'Pricing page',
  C: 'Newsletter',
  D: 'Purchased list',
} as const;
type Rank = keyof typeof ranks;

/** One lead's life as Alice sees it: she claims it and follows the app from nudge to nudge. */
class Play {
  readonly world: World;
  readonly script: Transcript;
  readonly id: number;

  private constructor(world: World, script: Transcript, id: number) {
    this.world = world;
    this.script = script;
    this.id = id;
  }

  static async begin(rank: Rank): Promise<Play> {
    const world = await startWorld();
    const script = new Transcript(world, 'alice');
    const lead = await world.hubspotLead({ Form: ranks[rank], Phone: '+49 30 901820' });
    expect(lead.rank).toBe(rank);
    if (lead.state === 'held') {
      const held = world.lastMessage('marketing', /Ada Lovelace/);
      await world.sandbox.interact({
        channel: channels.marketing,
        messageTs: held.ts,
        user: people.max,
        action: { action_id: 'held_release' },
      });
      await world.settle();
    }
    script.after(`a lead of rank ${rank} arrives`);
    return new Play(world, script, lead.id);
  }

  lead(): Promise<LeadRow> {
    return this.world.lead(this.id);
  }

  async click(action: string, what: string): Promise<void> {
    await this.world.click('alice', this.world.card({ id: this.id }), action);
    this.script.after(what);
  }

  /** Lets time pass until the next step is asked for, and a little: a nudge has come by then, if one comes. */
  async untilDue(): Promise<void> {
    const due = askedFrom(await this.lead());
    await this.world.skipTo((due ?? NaN) + 60_000);
    this.script.after('the next step is due');
  }

  async attempt(kind: 'no_answer' | 'voicemail' | 'email' | 'linkedin'): Promise<void> {
    await this.untilDue();
    await this.click(`touch:${kind}`, `Alice clicks ${kind}`);
  }

  async attempts(count: number): Promise<void> {
    const kinds = ['no_answer', 'email', 'voicemail', 'linkedin', 'email', 'no_answer'] as const;
    for (let made = (await this.lead()).attempts; made < count; made += 1) {
      await this.attempt(kinds[made] ?? 'email');
    }
  }

  async close(resolution: string, reason?: string): Promise<void> {
    await this.world.close('alice', { id: this.id }, resolution, 'yes', reason);
    this.script.after(`Alice closes it: ${resolution}${reason === undefined ? '' : `, ${reason}`}`);
  }
}

const ends: Record<string, (play: Play) => Promise<void>> = {
  qualified: async (play) => {
    await play.click('claim', 'Alice claims it');
    await play.attempts(3);
    await play.click('touch:replied', 'Ada replies');
    await play.world.click('alice', play.world.whisper('alice'), 'next_step');
    await play.world.submit('alice', { step_said: `${play.id}:interested`, step: 'Send the offer' });
    play.script.after('Alice plans the next step');
    await play.untilDue();
    await play.click('touch:email', 'Alice sends the offer');
    await play.click('touch:replied', 'Ada says yes');
    await play.close('qualified');
  },
  nurture: async (play) => {
    await play.click('claim', 'Alice claims it');
    await play.attempts(1);
    await play.click('touch:replied', 'Ada replies: next year');
    await play.close('nurture');
    const { return_at: back } = await play.lead();
    await play.world.skipTo((back ?? NaN) + 60_000);
    play.script.after('the day has come');
    expect(await play.lead()).toMatchObject({ state: 'owned', owner_id: people.alice, attempts: 0 });
    await play.attempts(1);
  },
  disqualified: async (play) => {
    await play.click('claim', 'Alice claims it');
    await play.attempts(1);
    await play.close('disqualified', 'too_small');
    expect(await play.lead(), 'an opinion closes nothing before the third attempt').toMatchObject({
      state: 'working',
    });
    await play.attempts(3);
    await play.close('disqualified', 'too_small');
  },
  rejected: async (play) => {
    await play.click('claim', 'Alice claims it');
    await play.close('rejected', 'spam');
  },
  unresponsive: async (play) => {
    await play.click('claim', 'Alice claims it');
    await play.attempts(standardPlaybook.ranks[(await play.lead()).rank]?.cadence.length ?? NaN);
    await play.close('unresponsive');
  },
};

test.each(Object.keys(ranks) as Rank[])(
  'a lead of rank %s goes from its arrival to each end, and the rep reads this on the way',
  async (rank) => {
    const chapters: string[] = [];
    for (const [end, play] of Object.entries(ends)) {
      const life = await Play.begin(rank);
      await play(life);
      expect(await life.lead()).toMatchObject(end === 'nurture' ? { cadence_epoch: 2 } : { resolution: end });
      chapters.push(`# Rank ${rank}, ${end}\n${life.script.text()}`);
    }
    await expect(chapters.join('\n\n')).toMatchFileSnapshot(`scripts/rank-${rank.toLowerCase()}.txt`);
  },
);
