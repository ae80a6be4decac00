import { describe, expect, it } from 'vitest';

import { figureAsMarkdown } from '../../../../sim-core/export/figure/figure-as-markdown.ts';
import { figureAsSvg } from '../../../../sim-core/export/figure/figure-as-svg.ts';
import { figureAsText, figureColumns } from '../../../../sim-core/export/figure/figure-as-text.ts';
import { figureOf } from '../../../../sim-core/export/figure/figure-of-run.ts';
import { runScenario, type Scenario } from '../../../../sim-core/index.ts';
import { drops, figure, shipped, withFaults, withLatencies } from '../../../support/scenarios.ts';

const drawn = (scenario: Scenario) => figureOf(runScenario(scenario, { engine: 'test' }));
const usual = drawn(figure());
/** What a step is, without the record that shows it. */
const steps = ({ steps: all }: typeof usual) =>
  all.map(({ number, from, to, label, says }) => ({ number, from, to, label, says }));

describe('the figure of the Continue call', () => {
  it('has the eleven steps of the text in their order', () => {
    const labels = usual.steps.map(({ label }) => label);
    const from = labels.indexOf('200 (INVITE)');
    expect(labels.slice(from, from + 11)).toEqual([
      '200 (INVITE)',
      'ACK',
      'allocate conference',
      're-INVITE',
      '200 (re-INVITE)',
      'UPDATE',
      '200 (UPDATE)',
      '200 (INVITE)',
      'ACK',
      'ACK',
      'mix',
    ]);
    expect(usual.lanes).toEqual([
      'CMR Client-A',
      'CMR Server',
      'CMR Resource Server',
      'CMR Client-B',
    ]);
  });

  it('tells each step in a sentence made of the message', () => {
    const update = usual.steps.find(({ label }) => label === 'UPDATE');
    expect(update?.says).toBe(
      'The CMR Server sends a SIP UPDATE request to CMR Client-A with an SDP offer.',
    );
  });

  it('keeps every number where links are slower and a packet is sent again', () => {
    expect(steps(drawn(withLatencies(figure(), { a: 95_000, b: 3_000 })))).toEqual(steps(usual));
    const lost = withFaults(figure(), drops('INVITE', 'client-a', null, [1]));
    expect(steps(drawn(lost))).toEqual(steps(usual));
  });

  it('is of every shipped shape no wider than 72 columns, and nothing but ASCII', () => {
    for (const path of [
      'forking/fk-02-both-phones-answer',
      'http-mode/n-04-both-clients-fetch',
      'plain/n-01-no-subscription',
    ]) {
      const text = figureAsText(drawn(shipped(path)));
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(
        figureColumns,
      );
      expect(text).toMatch(/^[\n\x20-\x7E]*$/);
    }
  });

  it('has the same steps as a table and as a drawing', () => {
    const rows = figureAsMarkdown(usual).match(/^\| \d+ \|/gm);
    expect(rows).toHaveLength(usual.steps.length);
    const svg = figureAsSvg(usual);
    expect(svg.match(/<g>/g)).toHaveLength(usual.steps.length);
    expect(svg).not.toContain('<script');
  });
});
