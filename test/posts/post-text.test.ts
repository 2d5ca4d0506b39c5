import { describe, expect, it } from 'vitest';
import { postLines } from './lines.ts';
import { botPost, grid, header, personPost, section } from './samples/sample.ts';

describe('a post as readable lines', () => {
  it('goes from the text over the blocks to the attachments, each in its own order', () => {
    const post = botPost('Form', {
      text: 'One',
      blocks: [
        header('Two'),
        section('*Three:* 3'),
        grid('*Four*\n4'),
        {
          type: 'context',
          elements: [
            { type: 'mrkdwn', text: 'five' },
            { type: 'image', alt_text: 'no' },
          ],
        },
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'six' }] }],
        },
        { type: 'markdown', text: '# Seven' },
        {
          type: 'table',
          rows: [
            [
              { type: 'raw_text', text: 'Eight' },
              { type: 'raw_number', value: 8 },
            ],
          ],
        },
      ],
      attachments: [
        {
          pretext: 'nine',
          title: 'ten',
          text: 'eleven',
          fields: [{ title: 'Twelve', value: '12\ntwelve' }],
          blocks: [section('thirteen')],
          fallback: 'never',
        },
        { title: 'fourteen', fallback: 'fifteen' },
      ],
    });
    expect(postLines(post)).toEqual(
      'One,Two,Three: 3,Four,4,five,six,Seven,Eight: 8,nine,ten,eleven,Twelve: 12,twelve,thirteen,fourteen,fifteen'.split(
        ',',
      ),
    );
  });

  it.each([
    ['<mailto:a@b.example|a@b.example>', 'a@b.example'],
    ['<mailto:a@b.example|Ada>', 'Ada a@b.example'],
    ['<mailto:a%2Bx@b.example?subject=Hi>', 'a+x@b.example'],
    ['<mailto:%E0%A4%A>', '%E0%A4%A'],
    ['<https://x.example/p|Pricing>', 'Pricing (https://x.example/p)'],
    ['<http://x.example|x.example>', 'x.example'],
    ['<https://x.example/a?b=c&amp;d>', 'https://x.example/a?b=c&d'],
    ['<tel:+4930901820|030 901820>', '+4930901820'],
    ['<tel:030901820|030 901820>', '030 901820'],
    ['Smith &amp; Sons &lt;3 &amp;lt;', 'Smith & Sons <3 &lt;'],
    ['&lt;https://x.example|y&gt;', '<https://x.example|y>'],
    ['<@U123> <#C1|leads> <!here> <!date^1^{date}|today>', '@U123 #leads @here today'],
    ['*Name*: Ada', 'Name: Ada'],
    ['a * b * c', 'a * b * c'],
    ['a\u00a0b\u202ec\u200d', 'a bc\u200d'],
  ])('%s reads %s', (text, line) => {
    expect(postLines(personPost(text))).toEqual([line]);
  });

  it('says once what Slack sends as text and again as blocks', () => {
    const lines = ['Name: Ada', 'Email: a@b.example'];
    const blocks = [section('*Name:* Ada'), section('*Email:* <mailto:a@b.example|a@b.example>')];
    expect(postLines(botPost('Form', { text: 'Name: Ada Email: a@b.example', blocks }))).toEqual(lines);
    expect(postLines(botPost('Form', { text: lines.join('\r\n'), blocks }))).toEqual(lines);
  });

  it('keeps what a sender repeats on purpose', () => {
    expect(postLines(botPost('Form', { blocks: [section('Yes'), section('Yes')] }))).toEqual(['Yes', 'Yes']);
  });
});
