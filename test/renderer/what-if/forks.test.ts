import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { runCommandLine } from '../../../cli/program.ts';
import { divergenceOf, sameRecordIn } from '../../../renderer/judgement/divergence.ts';
import { readText } from '../../../renderer/simulation/worker/read-text.ts';
import { leversOf } from '../../../renderer/simulation/worker/levers-of.ts';
import { noChanges, type Changes } from '../../../renderer/store/changes.ts';
import { commandLine, commandWords } from '../../../renderer/store/command-line.ts';
import { faultOf, type MessageFault } from '../../../renderer/words/message-fault.ts';
import { alteredChance, runScenario, type Run } from '../../../sim-core/index.ts';
import { micros, viewMessages, type RecordNumber } from '../../../sim-core/reading.ts';
import { fakeTerminal } from '../../cli/fake-terminal.ts';
import { figureRun, figureTrace, traceOf } from '../trace-of-run.ts';

const file = 'scenarios/continue/as-in-the-figure.cmr.yaml';
const text = readFileSync(file, 'utf8');

/** The figure's call, as the worker runs it. */
function figureWith(changes: Changes, seed: number | null = null): Run {
  const read = readText(text, file, changes);
  if ('problems' in read) throw new Error(read.problems.map(({ says }) => says).join('\n'));
  const afterwards = alteredChance(seed ?? read.scenario.seed, read.altered);
  return runScenario(read.scenario, {
    engine: 'test',
    afterwards,
    ...(seed === null ? {} : { seed }),
  });
}

describe('what may become of a message', () => {
  const before = figureRun();
  const views = viewMessages(before.header, before.records);

  function sentenceFor(record: RecordNumber, fault: MessageFault): string | null {
    const view = views.find((one) => one.record === record);
    if (view === undefined) throw new Error(`no message was sent by record ${record}`);
    return faultOf(view, views, before.header, fault)?.sentence ?? null;
  }

  test('each message can be lost, and it alone, and all before it stays as it was', () => {
    const lost: string[] = [];
    for (const { record, text: name } of views) {
      const sentence = sentenceFor(record, { kind: 'drop' });
      if (sentence === null) continue;
      const run = figureWith({ ...noChanges, faults: [sentence] });
      expect(run.records.slice(0, record - 1)).toEqual(before.records.slice(0, record - 1));
      const there = run.records[record - 1];
      expect(there?.kind, sentence).toBe('dropped');
      expect(run.records.filter(({ kind }) => kind === 'dropped')).toHaveLength(1);
      lost.push(name);
    }
    expect(lost).toContain('UPDATE');
    expect(lost).toContain('mix');
    expect(lost.length).toBeGreaterThan(30);
  });

  test('a late one comes later by just that, a doubled one a second time', () => {
    const update = views.find(({ step }) => step === 6);
    if (update === undefined) throw new Error('the figure has no step 6');
    const by = micros(123_456);
    const late = figureWith({
      ...noChanges,
      faults: [sentenceFor(update.record, { kind: 'delay', by }) ?? ''],
    });
    expect(late.records[update.record - 1]).toMatchObject({ arrivesAt: update.arrivesAt + by });
    const after = micros(5_000);
    const twice = figureWith({
      ...noChanges,
      faults: [sentenceFor(update.record, { kind: 'duplicate', after }) ?? ''],
    });
    expect(twice.records[update.record - 1]).toMatchObject({ againAt: update.arrivesAt + after });
  });

  test('its difference is said in words', () => {
    const says = views.flatMap((view) => {
      const words = faultOf(view, views, before.header, { kind: 'drop' });
      return view.step === 10 || view.step === 6 ? [words?.says] : [];
    });
    expect(says).toEqual(['UPDATE 6 lost', 'ACK 10 lost']);
  });
});

describe('the command line of a branch', () => {
  test('makes the very run the window shows', async () => {
    const changes: Changes = {
      settings: [
        { path: 'links.a.latency', value: '30ms..60ms' },
        { path: 'script.1.after', value: '3s' },
        { path: 'switches.SW-REINV-ACK', value: 'immediate' },
      ],
      faults: ['drop the 1st UPDATE from cmr-server to client-a'],
      choices: ['2=31ms'],
    };
    const words = commandWords({ file, seed: 77, changes });
    const terminal = fakeTerminal();
    await runCommandLine([...words, '--json'], terminal.terminal);
    const shown = figureWith(changes, 77);
    expect(terminal.out()).toContain(shown.fingerprint);
    expect(shown.fingerprint).not.toBe(figureRun().fingerprint);
    const unchosen = figureWith({ ...changes, choices: [] }, 77);
    expect(unchosen.fingerprint).not.toBe(shown.fingerprint);
  });

  test('is quoted for a shell', () => {
    const faults = ['drop the 1st ACK'];
    const line = commandLine({
      file: 'it is.cmr.yaml',
      seed: null,
      changes: { ...noChanges, faults },
    });
    expect(line).toBe("ringscope run 'it is.cmr.yaml' --fault 'drop the 1st ACK'");
    expect(commandLine({ file: "o'clock", seed: 3, changes: noChanges })).toBe(
      "ringscope run 'o'\\''clock' --seed 3",
    );
  });
});

describe('levers', () => {
  test('each is where the scenario has its value: setting it moves that and nothing else', () => {
    const read = readText(text, file, noChanges);
    if ('problems' in read) throw new Error('the figure cannot be read');
    const { latencies, acts } = leversOf(read.scenario);
    const values = latencies.map(({ value }) => value);
    expect(values).toEqual(['40ms', '40ms', '10ms', '40ms', '40ms', '60ms']);
    expect(acts.map(({ value }) => value)).toEqual(['0s', '5s', '8s']);
    for (const { path } of [...latencies, ...acts]) {
      const set = readText(text, file, {
        settings: [{ path, value: '77ms' }],
        faults: [],
        choices: [],
      });
      if ('problems' in set) throw new Error(set.problems.map(({ says }) => says).join('\n'));
      const now = leversOf(set.scenario);
      const turned = [...now.latencies, ...now.acts].filter(({ value }) => value === '77ms');
      expect(turned.map((lever) => lever.path)).toEqual([path]);
    }
  });

  test('a change that does not fit the file is told as a problem', () => {
    const bad: Changes = {
      settings: [{ path: 'links.z.latency', value: '1ms' }],
      faults: [],
      choices: [],
    };
    expect(readText(text, file, bad)).toMatchObject({ problems: [{ path: '' }] });
    const fault: Changes = { ...noChanges, faults: ['drop the 1st ACK of nobody'] };
    expect(readText(text, file, fault)).toMatchObject({ problems: [{ line: 1 }] });
    const choice: Changes = { ...noChanges, choices: ['first=yes'] };
    expect(readText(text, file, choice)).toMatchObject({ problems: [{ line: 1 }] });
  });
});

describe('where two runs part', () => {
  const immediate = traceOf(
    figureWith({
      settings: [{ path: 'switches.SW-REINV-ACK', value: 'immediate' }],
      faults: [],
      choices: [],
    }),
  );

  test('at the first record that is not in both', () => {
    const before = figureTrace();
    const parting = divergenceOf(before.trace, immediate.trace);
    // Step 5 reaches the Server at 5 380; it takes 10 ms to answer.
    expect(parting?.at).toBe(5_390_000);
    expect(parting?.first).toMatchObject({ kind: 'sent', packet: { label: 'ACK' } });
    expect(parting?.firstBefore).toMatchObject({ kind: 'sent', packet: { label: 'UPDATE' } });
    expect(divergenceOf(before.trace, figureTrace().trace)).toBeNull();
  });

  test('a selected message is found again, wherever its record went', () => {
    const before = figureTrace().trace;
    const views = viewMessages(figureRun().header, before.records);
    const answer = views.find(({ step }) => step === 8)?.record ?? (0 as RecordNumber);
    const again = sameRecordIn(immediate.trace, before, answer);
    expect(again).not.toBe(answer);
    expect(immediate.trace.records[(again ?? 0) - 1]).toMatchObject({ packet: { label: '200' } });
  });
});
