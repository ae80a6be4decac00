import { describe, expect, it } from 'vitest';

import { printProblems, readScenario, visible } from '../../../sim-core/authoring.ts';
import { smallWith } from './small-scenario.ts';

function printed(text: string, name = 'scenarios/small.cmr.yaml'): string {
  const { problems, file } = readScenario(text, name);
  return printProblems(problems, file).join('\n');
}

describe('problems as an author reads them', () => {
  it('has file, line, column, code, path, sentence and hint, and carets under the place', () => {
    expect(printed(smallWith('latency: 40ms', 'latency: 40'))).toBe(
      [
        'scenarios/small.cmr.yaml:65:50: error CMR1008: links.a.latency: a length of time needs ' +
          'its unit: us, ms, s and min are known, but found "40"; did you mean 40ms?',
        '   |',
        '65 |   a: { between: [client-a, cmr-server], latency: 40, loss: 0.05 }',
        '   |                                                  ^^',
      ]
        .join('\n')
        .replaceAll('65', String(lineOf('latency: 40ms'))),
    );
  });

  it('shows the part of a long line in which the place is', () => {
    const text = smallWith('description: One of everything.', `x: ${'y'.repeat(500)}`);
    const [, , source = ''] = printed(text).split('\n');
    expect(source).toMatch(/^4 \| x: y+…$/);
    expect(source.length).toBeLessThan(110);
    const late = smallWith('[DEL-GW-SRV-01,', `[${'DEL-GW-SRV-01, '.repeat(40)} nonsense,`);
    const [, , shown = '', carets = ''] = printed(late).split('\n');
    expect(shown.startsWith('5 | …')).toBe(true);
    expect(shown.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('nonsense');
  });

  it('lets no file steer the terminal', () => {
    const text = smallWith('title: A small call', 'title: "A \\u001B]0;x\\u0007 call"\nx: \u202Ey');
    const shown = printed(text, 'sce\u001Bnario.yaml');
    const steers = /[\p{Cc}\p{Cf}]/u.exec(shown.replaceAll('\n', ''));
    expect(steers).toBeNull();
    expect(shown).toContain('sce\\x1Bnario.yaml:');
    expect(visible('a\u200Bb\u2028c\ud800d')).toBe('a<U+200B>b<U+2028>c<U+D800>d');
  });

  it('stops after twenty and counts the rest', () => {
    const extra = Array.from({ length: 30 }, (_, index) => `wrong-${index}: 1`).join('\n');
    const lines = printed(smallWith('seed: 7', extra)).split('\n');
    expect(lines.filter((line) => line.includes('error CMR')).length).toBe(20);
    expect(lines.at(-1)).toBe('scenarios/small.cmr.yaml: 10 more problems');
  });

  it('needs no source line for an empty file', () => {
    expect(printed('', 'empty.cmr.yaml')).toBe(
      'empty.cmr.yaml:1:1: error CMR1000: the file is empty: a scenario begins with ' +
        'apiVersion: ringscope/v1',
    );
  });
});

function lineOf(piece: string): number {
  return smallWith(piece, piece).slice(0, smallWith(piece, piece).indexOf(piece)).split('\n')
    .length;
}
