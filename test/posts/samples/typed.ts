import type { Sample } from './sample.ts';
import { botPost, draft, header, personPost, section } from './sample.ts';

/** More of what people type, and of what tools say in their own words. */
export const typedSamples: Sample[] = [
  {
    name: 'typed on a phone: lower case, everything behind one another',
    post: personPost('lead: vera rubin, vera@rotation.example, +1 202 555 0147, wants pricing'),
    draft: draft({
      name: 'vera rubin',
      email: 'vera@rotation.example',
      phone: '+12025550147',
      source: 'wants pricing',
    }),
  },
  {
    name: 'typed with labels over several lines, bold by hand, emoji before each',
    post: personPost(
      ':wave: *New lead*\n:bust_in_silhouette: *Name:* Wang Zhenyi\n:email: *Mail:* <mailto:wang@eclipse.example|wang@eclipse.example>\n:office: *Company:* Eclipse: Sun &amp; Moon\n:memo: *Notes:* saw the demo; next step: call',
    ),
    draft: draft({
      name: 'Wang Zhenyi',
      email: 'wang@eclipse.example',
      account: 'Eclipse: Sun & Moon',
      message: 'saw the demo; next step: call',
    }),
  },
  {
    name: 'typed with a form, a page and an extra answer',
    post: personPost(
      'Name: Inge Lehmann\nEmail: inge@core.example\nForm: Price list\nPage: https://www.ours.example/prices?a=b\nSeats: 5',
    ),
    draft: draft({
      name: 'Inge Lehmann',
      email: 'inge@core.example',
      source: 'Price list',
      form: 'Price list',
      page: 'https://www.ours.example/prices',
      details: [{ label: 'Seats', value: '5' }],
    }),
  },
  {
    name: 'copied from a mail signature behind the trigger',
    post: personPost(
      'New lead:\nChien-Shiung Wu\nHead of Parity\nBeta Decay Labs\nwu@parity.example\n+1 212 555 0188',
    ),
    draft: draft({
      name: 'Chien-Shiung Wu',
      email: 'wu@parity.example',
      phone: '+12125550188',
      account: 'Beta Decay Labs',
      title: 'Head of Parity',
    }),
  },
  {
    name: 'a correction of a post, as Slack shows it in the history: marked as edited',
    post: personPost('New lead: Mary Somerville, mary@somerville.example, Sciences Ltd, webinar', {
      edited: { user: 'U0REP', ts: '1795000001.000000' },
    } as object),
    draft: draft({
      name: 'Mary Somerville',
      email: 'mary@somerville.example',
      account: 'Sciences Ltd',
      source: 'webinar',
    }),
  },
  {
    name: 'a file with a lead in the text beside it',
    post: personPost('New lead: Maria Mitchell, maria@comet.example, Comet Watch (card attached)', {
      subtype: 'file_share',
    }),
    draft: draft({
      name: 'Maria Mitchell',
      email: 'maria@comet.example',
      account: 'Comet Watch (card attached)',
    }),
  },
  {
    name: 'a mailto link with a subject and another shown text',
    post: botPost('Web', {
      text: '*Name:* Cecilia Payne\n*Email:* <mailto:cecilia%2Bnews@stars.example?subject=Hi&amp;body=x|write to her>',
    }),
    draft: draft({ name: 'Cecilia Payne', email: 'cecilia+news@stars.example', source: 'Web' }),
  },
  {
    name: 'escapes inside a name and a message, written out again by the sender',
    post: botPost('Web', {
      text: '*Name:* Siobhan O&#39;Neill\n*Email:* siobhan@oneill.example\n*Company:* R&amp;D &lt;Labs&gt;\n*Message:* 5 &gt; 4 &amp;&amp; &quot;yes&quot;',
    }),
    draft: draft({
      name: "Siobhan O'Neill",
      email: 'siobhan@oneill.example',
      account: 'R&D <Labs>',
      source: 'Web',
      message: '5 > 4 && "yes"',
    }),
  },
  {
    name: 'two sentences, the second with the wish',
    post: botPost('Make', {
      text: 'Great news! Rosalind Franklin <mailto:rosalind@helix.example|rosalind@helix.example> from Helix Ltd booked a demo for Friday.',
    }),
    draft: draft({
      name: 'Rosalind Franklin',
      email: 'rosalind@helix.example',
      account: 'Helix Ltd',
      source: 'Make: booked a demo',
    }),
  },
  {
    name: 'a name with a title, an initial and a suffix',
    post: botPost('Form', { text: 'Name: Dr. Mae C. Jemison, M.D.\nEmail: mae@orbit.example' }),
    draft: draft({ name: 'Dr. Mae C. Jemison, M.D.', email: 'mae@orbit.example', source: 'Form' }),
  },
  {
    name: 'names without case: Japanese in a form with English labels',
    post: botPost('Form', { text: 'Name: 猿橋 勝子\nEmail: saruhashi@umi.example\nCompany: 海洋研究所' }),
    draft: draft({
      name: '猿橋 勝子',
      email: 'saruhashi@umi.example',
      account: '海洋研究所',
      source: 'Form',
    }),
  },
  {
    name: 'a section with the label in one block and the value in the next',
    post: botPost('Form', {
      blocks: [
        header('New trial signup'),
        section('*Email*'),
        section('<mailto:mina@aster.example|mina@aster.example>'),
        section('*Full name*'),
        section('Williamina Fleming'),
      ],
    }),
    draft: draft({
      name: 'Williamina Fleming',
      email: 'mina@aster.example',
      source: 'Form: trial signup',
      form: 'trial signup',
    }),
  },
];
