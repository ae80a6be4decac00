import { describe, expect, test } from 'vitest';

import {
  asWritten,
  branchOf,
  forked,
  parentOf,
  pruned,
  redone,
  switched,
  undone,
  withChanges,
  type Change,
  type WhatIf,
} from '../../../renderer/store/what-if.ts';

const lost: Change = { kind: 'fault', sentence: 'drop the 1st ACK' };
const latency = (value: string): Change => ({ kind: 'set', path: 'links.a.latency', value });

const names = ({ tree }: WhatIf): string[] => tree.branches.map(({ says }) => says);

describe('branches of a call', () => {
  test('a fork carries the changes of its parent, and its fault decides before theirs', () => {
    const one = forked(asWritten, lost, 'ACK lost');
    const two = forked(one, { kind: 'fault', sentence: 'drop the 2nd ACK' }, 'ACK again lost');
    expect(branchOf(two).changes.faults).toEqual(['drop the 2nd ACK', 'drop the 1st ACK']);
    expect(parentOf(two)?.says).toBe('ACK lost');
    expect(parentOf(switched(two, 0))).toBeNull();
  });

  test('turning one knob makes one branch, until something is forked from it', () => {
    const one = forked(asWritten, latency('50ms'), '50');
    const two = forked(one, latency('60ms'), '60');
    expect(names(two)).toEqual(['as written', '60']);
    const three = forked(forked(two, lost, 'lost'), latency('70ms'), '70');
    expect(names(three)).toEqual(['as written', '60', 'lost', '70']);
    expect(branchOf(three).changes.settings).toEqual([{ path: 'links.a.latency', value: '70ms' }]);
    expect(names(forked(switched(three, 1), latency('80ms'), '80'))).toHaveLength(5);
  });

  test('a choice leaves those before it, and what came after it to the seed', () => {
    const chosen = [9, 17, 12].reduce((now, choice) => {
      return forked(now, { kind: 'choice', choice, value: 'yes' }, `choice ${choice}`);
    }, asWritten);
    expect(branchOf(chosen).changes.choices).toEqual(['9=yes', '12=yes']);
    const again = forked(chosen, { kind: 'choice', choice: 12, value: 'no' }, 'not that');
    expect(branchOf(again).changes.choices).toEqual(['9=yes', '12=no']);
    expect(names(forked(forked(chosen, latency('5ms'), 'k'), lost, 'l'))).toHaveLength(6);
  });

  test('everything is undone and done again, step by step', () => {
    const steps = [asWritten];
    for (const change of [lost, latency('50ms'), latency('60ms')]) {
      steps.push(forked(steps.at(-1) ?? asWritten, change, JSON.stringify(change)));
    }
    steps.push(pruned(steps.at(-1) ?? asWritten, 1));
    let now = steps.at(-1) ?? asWritten;
    for (const before of steps.toReversed().slice(1)) {
      now = undone(now);
      expect(now.tree).toEqual(before.tree);
    }
    expect(undone(now)).toBe(now);
    for (const after of steps.slice(1)) {
      now = redone(now);
      expect(now.tree).toEqual(after.tree);
    }
    expect(redone(now)).toBe(now);
  });

  test('a new fork forgets what was undone; looking at a branch does not', () => {
    const back = undone(forked(forked(asWritten, lost, 'a'), latency('1ms'), 'b'));
    expect(switched(back, 0).undone).toHaveLength(1);
    expect(forked(back, lost, 'c').undone).toEqual([]);
  });

  test('without a branch its own branches are gone too, and its parent is shown', () => {
    const grown = forked(forked(asWritten, lost, 'a'), latency('1ms'), 'b');
    const without = pruned(grown, 1);
    expect(names(without)).toEqual(['as written']);
    expect(without.tree.shown).toBe(0);
    expect(pruned(grown, 0)).toBe(grown);
  });

  test('undoing what was looked away from leaves a branch to look at', () => {
    const grown = forked(asWritten, lost, 'a');
    expect(undone(switched(grown, 1)).tree).toEqual(asWritten.tree);
    expect(branchOf(undone(switched(grown, 0))).id).toBe(0);
  });

  test('a link makes one branch of all its changes', () => {
    const linked = withChanges({
      settings: [],
      faults: ['drop every ACK'],
      choices: ['3=yes'],
    });
    expect(names(linked)).toEqual(['as written', 'drop every ACK, choice 3 yes']);
    expect(linked.tree.shown).toBe(1);
    expect(withChanges({ settings: [], faults: [], choices: [] })).toBe(asWritten);
  });
});
