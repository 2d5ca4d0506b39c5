import { z } from 'zod';
import type { DayWindow } from '../calendar/day-window.ts';

/** A span of working time: minutes, hours, or whole working days. */
export interface WorkingSpan {
  unit: 'minutes' | 'days';
  amount: number;
}

const span = z
  .string()
  .regex(/^[1-9]\d{0,2}[mhd]$/, 'must be a number and m, h or d, for instance 30m, 4h or 2d (working time)')
  .transform((text): WorkingSpan => {
    const amount = Number(text.slice(0, -1));
    if (text.endsWith('d')) return { unit: 'days', amount };
    return { unit: 'minutes', amount: text.endsWith('h') ? amount * 60 : amount };
  });

const minutesSpan = span.refine(
  (value) => value.unit === 'minutes',
  'must be in minutes or hours, for instance 4h',
);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as '09:00', in quotes");
const identifier = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be lower case letters, digits and _');
const label = z.string().trim().min(1, 'must not be empty').max(60, 'must be at most 60 characters');
const date = z.iso.date('must be a date such as 2026-12-25');
/** ISO weekdays, Monday is 1, as `working-calendar.ts` counts them. */
const weekdays = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 } as const;
const weekday = z
  .enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], 'must be one of mon, tue, wed, thu, fri, sat, sun')
  .transform((name) => weekdays[name]);

const channel = z.enum(['call', 'email', 'linkedin', 'text'], 'must be call, email, linkedin or text');
/** What a message may name in braces; `template/` fills them in. */
export const placeholders = ['name', 'account', 'source', 'asked', 'rep'] as const;

/** What a polite no may name: our name for a source says nothing good to a prospect. */
export const answerPlaceholders = ['name', 'account', 'rep'] as const;

const wording = (allowed: readonly string[]) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(1500, 'must be at most 1500 characters')
    .refine(
      (text) => [...text.matchAll(/\{([^}]*)\}/g)].every(([, name = '']) => allowed.includes(name)),
      `may only use the placeholders ${allowed.map((name) => `{${name}}`).join(', ')}`,
    );

const subject = wording(placeholders).max(120, 'must be at most 120 characters');

/** The same message for somebody else: the first variant of which every condition holds is used, else the text itself. */
const variant = z
  .strictObject({
    /** Labels of personas, marketing's or sales'. */
    persona: z.array(label).default([]),
    /** Ids of obstacles. */
    obstacle: z.array(identifier).default([]),
    subject: subject.optional(),
    text: wording(placeholders),
  })
  .refine(({ persona, obstacle }) => persona.length + obstacle.length > 0, 'needs persona or obstacle');

const message = z.strictObject({
  label,
  /** Of a mail. */
  subject: subject.optional(),
  text: wording(placeholders),
  variants: z.array(variant).default([]),
});

const resolution = z.enum(
  ['nurture', 'disqualified', 'rejected', 'unresponsive'],
  'must be nurture, disqualified, rejected or unresponsive',
);

const answer = z.strictObject({
  id: identifier,
  label,
  /** Which closings offer it; see `answersFor`. */
  for: z.array(resolution).min(1, 'names no resolution').optional(),
  text: wording(answerPlaceholders).optional(),
});

/** What keeps a rep from pursuing a good lead, and what helps. */
const obstacle = z.strictObject({
  id: identifier,
  label,
  tip: z.string().trim().min(1, 'must not be empty').max(300, 'must be at most 300 characters'),
});

const namedWindows: Readonly<Record<string, DayWindow>> = {
  morning: { from: 0, to: 12 * 60 },
  afternoon: { from: 12 * 60, to: 24 * 60 },
};

/** When in the working day an attempt belongs; cut to the rep's hours where it is used. */
const dayWindow = z
  .string()
  .regex(
    /^(morning|afternoon|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$/,
    "must be morning, afternoon, or times such as '08:30-10:00'",
  )
  .transform((text): DayWindow => {
    const [from = '', to = ''] = text.split('-');
    return namedWindows[text] ?? { from: minuteOf(from), to: minuteOf(to) };
  })
  .refine(({ from, to }) => from < to, 'must end after it begins');

const step = z.strictObject({ after: span, window: dayWindow.optional(), channel, message: identifier });

/** What happens to a lead that nobody moves, in working time; a step that is left out does not happen. */
const ladder = z.strictObject({
  unclaimed: z
    .strictObject({ remind: span.optional(), assign: span.optional(), tellManager: span.optional() })
    .prefault({}),
  untouched: z
    .strictObject({ nudge: span.optional(), tellManager: span.optional(), reassign: span.optional() })
    .prefault({}),
});

const words = z.array(z.string().trim().toLowerCase().min(1)).default([]);

const rank = z.strictObject({
  label,
  requires: z
    .array(
      z.enum(
        ['name', 'email', 'phone', 'account', 'title', 'message'],
        'must be name, email, phone, account, title or message',
      ),
    )
    .default([]),
  qualifyFirst: z.boolean('must be true or false').default(false),
  ladder: ladder.prefault({}),
  cadence: z.array(step).min(1, 'needs at least one attempt').max(12, 'may have at most 12 attempts'),
});

const rankRule = z
  .strictObject({
    rank: z.string(),
    reason: label,
    source: words,
    form: words,
    page: words,
    campaign: words,
    way: z
      .array(z.enum(['post', 'webhook', 'import', 'hand'], 'must be post, webhook, import or hand'))
      .default([]),
  })
  .refine(
    ({ source, form, page, campaign, way }) =>
      [source, form, page, campaign, way].some((part) => part.length > 0),
    'needs source, form, page, campaign or way with at least one word to look for',
  );

const persona = z
  .strictObject({ label, title: words, answers: words })
  .refine(({ title, answers }) => title.length + answers.length > 0, 'needs words under title or answers');
const personaRules = z.array(persona).default([]);

const routingRule = z
  .strictObject({
    country: z.array(z.string().regex(/^[A-Z]{2}$/, 'must be a country code such as DE')).default([]),
    language: z.array(z.string().regex(/^[a-z]{2}$/, 'must be a language code such as de')).default([]),
    source: words,
    persona: z.array(label).default([]),
    sizeFrom: z.int('must be a whole number').min(0).optional(),
    sizeTo: z.int('must be a whole number').min(0).optional(),
    rank: z.array(z.string()).default([]),
    tag: identifier,
  })
  .refine(
    ({ tag: _tag, ...when }) =>
      Object.values(when).some((part) => (Array.isArray(part) ? part.length > 0 : part !== undefined)),
    'needs country, language, source, persona, sizeFrom, sizeTo or rank',
  );

const reason = z.strictObject({
  id: identifier,
  label,
  kind: z.enum(['factual', 'judgement', 'data'], 'must be factual, judgement or data'),
  /** What to find out before this is more than an opinion. */
  verify: z.string().trim().min(1, 'must not be empty').max(300, 'must be at most 300 characters').optional(),
  /** The id of the answer that closing for this reason offers first. */
  answer: identifier.optional(),
});

export const playbookSchema = z
  .strictObject({
    name: label,
    attemptGap: minutesSpan.transform((value) => value.amount),
    nudgeAttempts: z.array(
      z.int('must be a whole number').min(2, 'must be 2 or more').max(12, 'must be at most 12'),
    ),
    nudgeAgain: minutesSpan.transform((value) => value.amount).prefault('4h'),
    /** Before this attempt a judgement closes no lead. */
    verifyUntil: z.int('must be a whole number').min(1, 'must be 1 or more').max(12).default(3),
    /** How many people at an account should be tried. */
    breadth: z.int('must be a whole number').min(1, 'must be 1 or more').max(20).default(5),
    /** How many days ahead closing as nurture suggests. */
    nurtureDays: z.int('must be a whole number').min(1, 'must be 1 or more').max(730).default(90),
    replyWithin: span,
    phoneCountry: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be a country code such as DE')
      .optional(),
    working: z.strictObject({
      days: z.array(weekday).min(1, 'needs at least one day'),
      start: timeOfDay,
      end: timeOfDay,
      holidays: z.array(date),
    }),
    digest: z.strictObject({ weekday, time: timeOfDay }),
    ranks: z.record(z.string().regex(/^[A-Z]$/, 'must be a capital letter'), rank),
    rankRules: z.array(rankRule),
    otherwise: z.strictObject({ rank: z.string(), reason: label }),
    personas: z
      .strictObject({ marketing: personaRules, sales: personaRules })
      .prefault({ marketing: [], sales: [] }),
    routingRules: z.array(routingRule).default([]),
    claims: z
      .strictObject({
        mostADay: z.int('must be a whole number').min(1).optional(),
        atLeastApart: minutesSpan.transform((value) => value.amount).optional(),
        overdueFirst: z.int('must be a whole number').min(1).optional(),
        secondNeedsManager: z.boolean('must be true or false').default(false),
      })
      .prefault({}),
    qualifyWithin: span.prefault('2d'),
    listsFrom: z
      .int('must be a whole number')
      .min(0, 'must be 0 or more')
      .max(200_000, 'must be at most 200000')
      .default(20),
    duplicates: z.strictObject({ decideWithin: span }).prefault({ decideWithin: '4h' }),
    reasons: z.array(reason).min(1, 'needs at least one reason').max(25, 'may have at most 25 reasons'),
    answers: z
      .array(answer)
      .min(1, 'needs at least one answer')
      .max(25, 'may have at most 25 answers')
      .prefault([
        {
          id: 'no_fit',
          label: 'Not a fit',
          text: 'Hi {name}, I do not think that we are the right choice for {account}, and I would rather say so than take up your time. Best regards',
        },
        { id: 'nobody', label: 'Spam, test or duplicate' },
      ]),
    obstacles: z.array(obstacle).max(10, 'may have at most 10 obstacles').default([]),
    messages: z.record(identifier, message),
  })
  .superRefine((playbook, context) => {
    const complain = (path: (string | number)[], text: string): void =>
      context.addIssue({ code: 'custom', path, message: text });

    const rankNames = Object.keys(playbook.ranks).join(', ');
    playbook.rankRules.forEach((rule, index) => {
      if (!(rule.rank in playbook.ranks))
        complain(['rankRules', index, 'rank'], `names rank ${rule.rank}; there are ${rankNames}`);
    });
    if (!(playbook.otherwise.rank in playbook.ranks))
      complain(['otherwise', 'rank'], `names rank ${playbook.otherwise.rank}; there are ${rankNames}`);
    for (const [name, { cadence, ladder }] of Object.entries(playbook.ranks)) {
      for (const [kind, steps] of Object.entries(ladder)) {
        const spans = Object.entries(steps);
        spans.forEach(([step, after], index) => {
          const before = spans[index - 1];
          if (
            before &&
            workingMinutes(after, playbook.working) <= workingMinutes(before[1], playbook.working)
          )
            complain(['ranks', name, 'ladder', kind, step], `must be later than ${before[0]}`);
        });
      }
      cadence.forEach((attempt, index) => {
        if (!(attempt.message in playbook.messages))
          complain(
            ['ranks', name, 'cadence', index, 'message'],
            `names the message ${attempt.message}, which is not under messages`,
          );
        if (index > 0 && workingMinutes(attempt.after, playbook.working) < playbook.attemptGap)
          complain(
            ['ranks', name, 'cadence', index, 'after'],
            'must not be shorter than attemptGap: the touch would still belong to the attempt before',
          );
      });
    }
    if (playbook.working.end <= playbook.working.start)
      complain(['working', 'end'], 'must be later than start');
    const answerIds = playbook.answers.map(({ id }) => id);
    playbook.reasons.forEach(({ answer }, index) => {
      if (answer !== undefined && !answerIds.includes(answer))
        complain(['reasons', index, 'answer'], `names the answer ${answer}, which is not under answers`);
    });
    const obstacleIds = playbook.obstacles.map(({ id }) => id);
    for (const [name, { variants }] of Object.entries(playbook.messages)) {
      variants.forEach(({ obstacle }, index) => {
        const unknown = obstacle.find((id) => !obstacleIds.includes(id));
        if (unknown !== undefined)
          complain(
            ['messages', name, 'variants', index, 'obstacle'],
            `names the obstacle ${unknown}, which is not under obstacles`,
          );
      });
    }
    for (const list of ['reasons', 'answers', 'obstacles'] as const) {
      const ids = playbook[list].map((entry) => entry.id);
      ids.forEach((id, index) => {
        if (ids.indexOf(id) !== index) complain([list, index, 'id'], `${id} stands here twice`);
      });
    }
  });

/** A day counts as long as the hours that a new team starts with. */
function workingMinutes(span: WorkingSpan, working: { start: string; end: string }): number {
  return span.unit === 'minutes'
    ? span.amount
    : span.amount * (minuteOf(working.end) - minuteOf(working.start));
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The team's process as data; `data/playbook.yml` explains each part where it stands. */
export type Playbook = z.output<typeof playbookSchema>;
export type CadenceStep = Playbook['ranks'][string]['cadence'][number];
export type Reason = Playbook['reasons'][number];
export type Answer = Playbook['answers'][number];
export type Obstacle = Playbook['obstacles'][number];
export type PlaybookMessage = Playbook['messages'][string];
