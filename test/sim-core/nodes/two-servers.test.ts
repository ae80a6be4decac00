import { describe, expect, it } from 'vitest';

import { runScenario } from '../../../sim-core/index.ts';
import { bodyOf, isSip } from '../../../sim-core/sip/message.ts';
import { shipped, shippedWith, told } from '../../support/scenarios.ts';

const path = 'forking/fk-07-two-servers-one-ring';

function linesOf(view: ReturnType<typeof told>['views'][number] | undefined) {
  const packet = view?.packet;
  const early = packet !== undefined && isSip(packet) ? bodyOf(packet, 'early-session') : null;
  return early?.media ?? null;
}

function errorsOf(settings: Readonly<Record<string, string>>, faults: readonly string[] = []) {
  const run = runScenario(shippedWith(path, settings, faults), { engine: 'test' });
  const errors = run.verdicts.filter(
    ({ verdict, level }) => verdict === 'violated' && level === 'error',
  );
  return { run, errors: errors.map(({ clause, says }) => `${clause}: ${says}`) };
}

const dials = '{ at: 0s, who: client-a, does: dial, target: client-b }';

describe('a CMR Server before another one', () => {
  it('passes the ring on as it came, and Client-A’s answer to it', () => {
    const run = told(shipped(path));
    const [offered] = run.messages('180 Ringing', 'cmr-server', 'callers-server');
    const [passed] = run.messages('180 Ringing', 'callers-server', 'client-a');
    expect(linesOf(offered)).not.toBeNull();
    expect(linesOf(passed)).toEqual(linesOf(offered));
    const [answered] = run.messages('PRACK', 'client-a', 'callers-server');
    const [returned] = run.messages('PRACK', 'callers-server', 'cmr-server');
    expect(linesOf(returned)).toEqual(linesOf(answered));
    expect(returned?.sentAt).toBeGreaterThan(answered?.sentAt ?? Infinity);
  });

  it('delivers nothing where a ring is there, and its own where none comes', () => {
    const reserves = (run: ReturnType<typeof told>) =>
      run.messages('reserve', 'callers-server', 'resource-server').length;
    expect(reserves(told(shipped(path)))).toBe(0);
    expect(reserves(told(shippedWith(path, { 'nodes.cmr-server.mode': 'none' })))).toBe(1);
    const { run, errors } = errorsOf({ 'nodes.cmr-server.mode': 'none' });
    expect(errors).toEqual([]);
    const sources = run.hears.flatMap((one) => one.sources.map(({ source }) => source));
    expect(sources).toContain('film');
  });

  it.each([
    ['Client-B refuses', `[${dials}, { after: 2s, since: ringing, who: client-b, does: reject }]`],
    ['Client-A cancels', `[${dials}, { at: 2s, who: client-a, does: cancel }]`],
    ['Client-A cancels before its PRACK', `[${dials}, { at: 295ms, who: client-a, does: cancel }]`],
    [
      'Client-B answers at once',
      `[${dials}, { after: 0s, since: ringing, who: client-b, does: answer }]`,
    ],
  ])('leaves nothing broken where %s', (_what, script) => {
    const { run, errors } = errorsOf({ script });
    expect(errors).toEqual([]);
    expect(run.ended).toBe('quiet');
  });

  it.each(['180 from cmr-server', 'PRACK from callers-server', '200 from cmr-server'])(
    'leaves nothing broken where the 1st %s is lost',
    (what) => {
      const { run, errors } = errorsOf({}, [`drop the 1st ${what}`]);
      expect(errors).toEqual([]);
      expect(run.outcome).toBe('ring stopped');
    },
  );
});
