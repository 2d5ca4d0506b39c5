import type { Sample } from './sample.ts';
import { botPost, draft, section } from './sample.ts';

export const blockSamples: Sample[] = [
  {
    name: 'blocks nested in an attachment, labels with emoji in front',
    post: botPost('Website', {
      text: '',
      attachments: [
        {
          color: '#36a64f',
          fallback: '[no preview available]',
          blocks: [
            section(
              ':bust_in_silhouette: *Full Name:* Annie Easley\n:email: *E-Mail:* <mailto:annie@rocket.example|annie@rocket.example>',
            ),
            section('📞 *Mobile:* (212) 555-0100\n💼 *Role:* `Engineer`'),
          ],
        },
      ],
    }),
    region: 'US',
    draft: draft({
      name: 'Annie Easley',
      email: 'annie@rocket.example',
      phone: '+12125550100',
      title: 'Engineer',
      source: 'Website',
    }),
  },
  {
    name: 'rich text with bold labels and a list',
    post: botPost('Workflow Builder', {
      text: '',
      blocks: [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_list',
              style: 'bullet',
              elements: [
                {
                  type: 'rich_text_section',
                  elements: [
                    { type: 'text', text: 'Contact:', style: { bold: true } },
                    { type: 'text', text: ' Joan Clarke' },
                  ],
                },
                {
                  type: 'rich_text_section',
                  elements: [
                    { type: 'text', text: 'Mail: ', style: { bold: true } },
                    { type: 'link', url: 'mailto:joan@hut8.example', text: 'joan@hut8.example' },
                  ],
                },
                {
                  type: 'rich_text_section',
                  elements: [{ type: 'text', text: 'Lead source: Partner referral' }],
                },
              ],
            },
          ],
        },
      ],
    }),
    draft: draft({
      name: 'Joan Clarke',
      email: 'joan@hut8.example',
      source: 'Partner referral',
    }),
  },
  {
    name: 'a native table with a label column',
    post: botPost('Intake', {
      blocks: [
        {
          type: 'table',
          rows: [
            [
              { type: 'raw_text', text: 'Name' },
              { type: 'raw_text', text: 'Hedy Lamarr' },
            ],
            [
              { type: 'raw_text', text: 'Email' },
              { type: 'raw_text', text: 'hedy@hop.example' },
            ],
            [
              { type: 'raw_text', text: 'Seats' },
              { type: 'raw_number', value: 12 },
            ],
          ],
        },
      ],
    }),
    draft: draft({
      name: 'Hedy Lamarr',
      email: 'hedy@hop.example',
      source: 'Intake',
      details: [{ label: 'Seats', value: '12' }],
    }),
  },
  {
    name: 'a native table with a head row and one lead',
    post: botPost('Intake', {
      blocks: [
        {
          type: 'data_table',
          caption: 'Lead',
          rows: [
            ['Name', 'Email', 'Company'].map((text) => ({ type: 'raw_text', text })),
            ['Radia Perlman', 'radia@tree.example', 'Spanning Tree'].map((text) => ({
              type: 'raw_text',
              text,
            })),
          ],
        },
      ],
    }),
    draft: draft({
      name: 'Radia Perlman',
      email: 'radia@tree.example',
      account: 'Spanning Tree',
      source: 'Intake',
    }),
  },
  {
    name: 'a markdown block with double stars and markdown links',
    post: botPost('Assistant', {
      blocks: [
        {
          type: 'markdown',
          text: '## New contact\n- **Name:** Barbara Liskov\n- **Email:** [bl@clu.example](mailto:bl@clu.example)\n- **Company:** [CLU](https://clu.example/about)',
        },
      ],
    }),
    draft: draft({
      name: 'Barbara Liskov',
      email: 'bl@clu.example',
      account: 'CLU',
      source: 'Assistant',
    }),
  },
];
