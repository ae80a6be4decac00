import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { warningCodes } from '../../sim-core/base/diagnostics.ts';
import { metricTable } from '../../sim-core/conformance/metrics.ts';
import { describeWithData } from '../support/shared-data.ts';
import { runShipped, type Shipped } from '../support/shipped-runs.ts';

/*
 * The tables of the catalogue as the digest of the standards prints them (§6), read here as text,
 * against the runs: what a row says is set, exercised, told, measured and answered has to be so in
 * a run of one of its files.
 */

interface Row {
  readonly id: string;
  readonly setUp: string;
  readonly expected: string;
  readonly exercises: string;
}

function rowsOf(page: string): Row[] {
  const part = page.slice(page.indexOf('\n## 6. '), page.indexOf('\n## 7. '));
  const lines = part.matchAll(/^\| ([A-Z]+-\d\d) \| (.*?) \| (.*?) \|(?: (.*?) \|)?$/gm);
  return [...lines].map(([, id = '', setUp = '', expected = '', exercises = '']) => {
    return { id, setUp, expected, exercises };
  });
}

/** Families of clauses in the digest; the rest of what looks like an id names another row. */
const families = /^(?:DEL-(?:HTTP|AS|GW)|CON|FLOW|GAP|R-[A-Z0-9]+)(?:-|$)/;

/**
 * The ids of a text: `R-TX-01/02` and `GAP-03/04` are two each, `CON-SRV-01…09` is nine, and in
 * `DEL-AS-SRV-01, CLI-01` the second is of the family of the first. `R-MSG-*` stays as it is.
 */
function clausesIn(text: string): string[] {
  const found = new Set<string>();
  let family = '';
  for (const word of text.split(/[\s,;()]+/)) {
    const match = /^((?:[A-Z0-9]+-)*)(\d\d|\*)((?:[…/](?:\d\d|[a-z]))*)\.?$/.exec(word);
    if (match === null) continue;
    const [, before = '', first = '', more = ''] = match;
    const own = before.replace(/-$/, '');
    if (own === 'SRV' || own === 'CLI') family = family.replace(/[A-Z]+$/, own);
    else family = own;
    if (!families.test(family)) continue;
    found.add(`${family}-${first}`);
    let last = Number(first);
    for (const [, mark, number] of more.matchAll(/([…/])(\d\d)/g)) {
      for (let n = mark === '…' ? last + 1 : Number(number); n <= Number(number); n += 1) {
        found.add(`${family}-${String(n).padStart(2, '0')}`);
      }
      last = Number(number);
    }
  }
  return [...found];
}

/** A switch and the value that a row sets: `SW-REINV-ACK=immediate`. */
function switchesIn(text: string): (readonly [name: string, value: string])[] {
  const set = text.matchAll(/\b(SW-[A-Z0-9-]+)=([\w-]+(?: s\b)?)/g);
  return [...set].map(([, name = '', value = '']) => [name, value.replace(' ', '')] as const);
}

/** Status codes that are to be seen; of `487/481` one is enough. */
function statusesIn(text: string): number[][] {
  const plain = text.replaceAll(/RFC \d+|·\d+|\d[\d ]*\d(?= ms| s\b)/g, '');
  const codes = plain.matchAll(/(?<![\w.-])((?:[1-6]\d\d)(?:\/[1-6]\d\d)*)(?![\w.]| ms| s\b)/g);
  return [...codes].map(([, alternatives = '']) => alternatives.split('/').map(Number));
}

function metricsIn(text: string): string[] {
  return Object.keys(metricTable).filter((name) => new RegExp(`\\b${name}\\b`).test(text));
}

function codesIn(text: string): string[] {
  return [...text.matchAll(/(?<![A-Z-])[EWI]-[A-Z0-9]+(?:-[A-Z0-9]+)+/g)].map(([code]) => code);
}

/** What rows say and runs have otherwise, and why. */
const otherwise: Readonly<Record<string, string>> = {
  'N-01 R-2XX-02': 'Every 200 is acknowledged, so nothing is given up; LS-11 shows who does.',
  'N-05 R-ES-05': 'Client-A takes the early session; K-13 refuses one.',
  'N-11 R-OA-03': 'No response repeats a description, which R-OA-04 says; K-04 repeats one.',
  'C-01 CON-SRV-02': 'It is the other branch of the decision; C-13 and C-14 take it.',
  'C-17 R-OA-17': 'The end that moves is the Resource Server, and nobody listens there; C-29 does.',
  'K-01 R-ES-08': 'Nothing is offered, so no offer goes astray; oa-10 offers all the same.',
  'K-06 R-PEM-06': 'The field is taken out, so there is no authorisation that could stay in force.',
  'K-07 R-UPD-01': 'No UPDATE is sent, and the rule is about those that are; C-01 sends one.',
  'F-01 DEL-AS-SRV-05': 'No ring was playing, as the row says itself: no CMR event.',
  'F-24 R-REI-02': 'Client-B refuses the only INVITE there is; the rule is about a second one.',
  'F-30 R-UPD-05': 'Client-A refuses the only UPDATE there is; the rule is about a second one.',
  'LS-14 R-TX-09': 'Timer F does not fire: that the UPDATE comes in time is the point of the row.',
  'RC-23 R-2XX-09': 'No re-INVITE is sent in a call this short; RC-03 shows a late ACK after one.',
  'OA-17 DEL-AS-SRV-05':
    'Both files are of Gateway Mode, where DEL-GW-SRV-06 says the same; ' +
    'early-session-stopped-twice and -never-stopped are the pair of Application Server Mode.',
};

/** What a row sets up, or expects, as a breach without the word error or flagged. */
const breaches: Readonly<Record<string, string>> = {
  'ST-07 R-DTMF-02': 'The INFO of a package that was never listed is what the row sets up.',
  'RC-24 R-PRK-05': 'The second reliable response that is too early is what the row sets up.',
};

/** Warnings that rows leave unsaid, and what makes them due. */
const unsaid: Readonly<Record<string, (one: Shipped) => boolean>> = {
  // GAP-28, §5.6-4: between Client-B's answer and the UPDATE both send to one port.
  // OA-07 sends early and regular media to one port on purpose.
  'W-DUAL-SOURCE': ({ run, path: file }) => gatewayMode(run.header) || file.includes('oa-07'),
  // GAP-03: the held-back ACK waits for all of leg A, and there is delay or a refusal on it.
  'W-2XX-RETX': ({ run }) => run.header.switches['SW-REINV-ACK'] === 'deferred',
  // §5.5: the row is about packets that come too late for the buffer, and says so in words.
  'W-LATE-LOSS': ({ path: file }) => file.includes('ls-25'),
  // OA-02: the legs part because the defect drops a line of the UPDATE.
  'E-LEGS-INCONSISTENT': ({ path: file }) => file.startsWith('negative/'),
  // The digest writes "info" and leaves its name to the checker.
  'I-RING-BEFORE-180': ({ path: file }) => /n-07|fk-06/.test(file),
  'I-ANSWER-WITHHELD': ({ path: file }) => /fk-06|pr-0\d/.test(file),
  'I-NO-CMRT-IN-GW': ({ path: file }) => file.includes('n-21'),
  'I-NO-CONT-IN-HTTP': ({ path: file }) => file.includes('c-21'),
  'I-503-AS-500': ({ path: file }) => file.includes('f-07'),
};

function gatewayMode({ mode }: Shipped['run']['header']): boolean {
  return mode === 'gateway' || mode === 'auto';
}

/** The verdict of a clause in the files of a row: satisfied if any has it so. */
function verdictIn(files: readonly Shipped[], id: string): string {
  const family = id.endsWith('*') ? id.slice(0, -1) : null;
  const verdicts = files.flatMap(({ run }) =>
    run.verdicts
      .filter(({ clause }) => (family === null ? clause === id : clause.startsWith(family)))
      .map(({ verdict }) => String(verdict)),
  );
  const order = ['satisfied', 'violated', 'inconclusive', 'not exercised'];
  return order.find((one) => verdicts.includes(one)) ?? 'not judged';
}

function told(files: readonly Shipped[], code: string): boolean {
  return files.some(
    ({ run }) =>
      run.warnings.some((one) => one.code === code) ||
      run.verdicts.some(({ says }) => says.startsWith(`${code}:`)),
  );
}

function inForce({ run }: Shipped, name: string, value: string): boolean {
  const { mode, switches } = run.header;
  return switches[name] === value || (name === 'SW-MODE' && mode === value);
}

/** What a run of these files lacks of the row, each as an id of the table above. */
function lacking(row: Row, files: readonly Shipped[]): string[] {
  const lacks: string[] = [];
  const { id, setUp, expected, exercises } = row;
  const breach = /error|flagged/.test(expected) || id.startsWith('OA-');
  for (const clause of clausesIn(`${exercises} ${expected}`)) {
    if (clause.startsWith('GAP-')) {
      const cited = files.some(({ scenario }) => scenario.shows.some((one) => one === clause));
      if (!cited && !id.startsWith('OA-')) lacks.push(`${id} ${clause} is not shown`);
      continue;
    }
    const verdict = verdictIn(files, clause);
    const fits = verdict === 'satisfied' || (verdict === 'violated' && breach);
    if (!fits && breaches[`${id} ${clause}`] === undefined) lacks.push(`${id} ${clause}`);
  }
  for (const code of codesIn(`${expected} ${exercises}`)) {
    if (!told(files, code)) lacks.push(`${id} ${code} is not told`);
  }
  for (const [name, value] of switchesIn(`${setUp} ${expected}`)) {
    if (!files.some((one) => inForce(one, name, value))) lacks.push(`${id} ${name}=${value}`);
  }
  for (const metric of metricsIn(expected)) {
    const bound = files.some(({ scenario }) => metric in scenario.expect.metrics);
    if (!bound) lacks.push(`${id} ${metric} has no bound`);
  }
  for (const codes of statusesIn(expected)) {
    const seen = files.some(({ run }) =>
      run.records.some(
        (one) =>
          one.kind === 'sent' &&
          one.packet.protocol === 'SIP' &&
          codes.includes(Number(one.packet.label.split(' ')[0])),
      ),
    );
    if (!seen) lacks.push(`${id} ${codes.join('/')} is not seen`);
  }
  return lacks;
}

describeWithData('the rows of the digest', '../spec/standards.md', (file) => {
  const rows = rowsOf(readFileSync(file, 'utf8'));
  const filesOf = (id: string) =>
    runShipped().filter(({ path: place }) => {
      const name = /^([a-z]+)-(\d\d)[a-z]?-/.exec(path.posix.basename(place));
      return name !== null && `${name[1]?.toUpperCase() ?? ''}-${name[2] ?? ''}` === id;
    });

  it('have their switches, clauses, codes, measures and responses in the runs of their files', () => {
    expect(rows).toHaveLength(206);
    const lacks = rows.flatMap((row) => lacking(row, filesOf(row.id)));
    expect(lacks.filter((one) => otherwise[one] === undefined)).toEqual([]);
    expect(Object.keys(otherwise).filter((one) => !lacks.includes(one))).toEqual([]);
  });

  it('are warned of what they say, and of nothing else without a reason', () => {
    const more = rows.flatMap(({ id, expected, exercises }) => {
      const said = codesIn(`${expected} ${exercises}`);
      return filesOf(id).flatMap((one) =>
        one.run.warnings
          .filter(({ code }) => !said.includes(code) && unsaid[code]?.(one) !== true)
          .map(({ code }) => `${one.path} ${code}`),
      );
    });
    expect(more).toEqual([]);
    expect(Object.keys(unsaid).toSorted()).toEqual(warningCodes.toSorted());
  });

  it('take the time that the digest works out for them', () => {
    const worked = rows.flatMap(({ id, expected }) => {
      const sums = expected.matchAll(/(\w+) ≈ [^;,]*?= ([\d ]+) ms/g);
      return [...sums].map(([, metric = '', ms = '']) => ({ id, metric, ms }));
    });
    const measured = worked.flatMap(({ id, metric, ms }) =>
      filesOf(id).flatMap(({ run }) => {
        const found = Object.entries(run.metrics).find(([name]) => name === metric)?.[1];
        const at = Number(ms.replaceAll(' ', '')) * 1000;
        return found === undefined ? [] : [{ id, metric, differs: Number(found) - at }];
      }),
    );
    expect(measured.map(({ id }) => id)).toEqual(['C-01', 'LS-24']);
    expect(measured.filter(({ differs }) => differs !== 0)).toEqual([]);
  });
});

/** Runs whose answer takes another way than the formula's, and which. */
const otherWays: Readonly<Record<string, string>> = {
  'capabilities/k-04-ring-shown-unreliably': 'the media follow by re-INVITE, after the 200',
  'capabilities/k-07-no-update-at-client-a': 'the media follow by re-INVITE, after the 200',
  'capabilities/k-08-continue-without-update': 'the media follow by re-INVITE, after the 200',
  'continue/c-06-update-into-an-open-offer': 'the UPDATE is refused, and made again',
  'continue/c-07-answer-in-the-200-and-ask-again': 'the 200 waits for no UPDATE',
  'continue/c-23-ring-tone-goes-on-media-only': 'leg A is asked nothing',
  'failures/f-20-conference-refused': 'a command to the Resource Server comes before',
  'failures/f-35-mixing-refused': 'Continue fails only after the 200',
  'gateway-mode/n-21b-ring-tone-by-an-early-update': 'Client-A has no ring to be taken from',
  'gateway-mode/st-09-re-invite-after-the-answer': 'the media follow by re-INVITE, after the 200',
  'loss/ls-21-one-datagram-in-ten-lost': 'datagrams are lost',
  'races/rc-01-answer-before-the-prack': 'the 200 waits for a PRACK',
  'races/rc-07-two-updates-cross': 'the UPDATE is refused, and made again',
  'races/rc-08-two-re-invites-cross': 'the re-INVITE is refused, and made again',
  'races/rc-13-cancel-crosses-the-200': 'the call is cancelled when the UPDATE is done',
};

/** The fixed one-way delay of a link, in µs; null where there is none. */
function delayOf({ scenario }: Shipped, name: string): number | null {
  const latency = scenario.links.find((link) => link.name === name)?.latency;
  return latency === undefined || latency.least !== latency.most ? null : latency.least;
}

/** Whether nothing is in the scenario that the formulas of §5.3 do not speak of. */
function isPlain({ scenario, path: file }: Shipped): boolean {
  const servers = scenario.nodes.filter(({ role }) => role === 'cmr-server');
  const usual = scenario.nodes.every(
    (node) =>
      node.role !== 'proxy' &&
      node.processingOf === undefined &&
      !(node.role === 'cmr-client' && node.responds.length > 0),
  );
  return (
    usual &&
    servers.length === 1 &&
    scenario.faults.length === 0 &&
    !file.startsWith('negative/') &&
    scenario.nodes.every(({ outages = [] }) => outages.length === 0)
  );
}

it('answerLag is what §5.3 works out from the delays of each plain scenario', () => {
  const found = runShipped().filter(isPlain).flatMap((one) => {
    const { run, scenario } = one;
    const [a = null, b = null, r = null] = ['a', 'b', 'r'].map((name) => delayOf(one, name));
    const p = scenario.nodes[0]?.processing ?? 0;
    const same = scenario.nodes.every(({ processing }) => processing === p);
    const { answerLag } = run.metrics;
    if (a === null || b === null || r === null || !same || answerLag === null) return [];
    const byUpdate = run.verdicts.some(
      ({ clause, verdict }) => clause === 'DEL-GW-SRV-07' && verdict === 'satisfied',
    );
    const answerFirst = run.records.some(
      (record) => record.kind === 'sent' && record.packet.label === '183' && record.at > 5_000_000,
    );
    const usual = byUpdate || run.header.mode === 'gateway' ? b + 3 * a + 3 * p : a + b + p;
    const plain = run.outcome === 'ring stopped' ? usual : a + b + p;
    const continued = 3 * (a + b) + 2 * r + 7 * p + (answerFirst ? 2 * a + 2 * p : 0);
    const due = run.outcome === 'ring continues' ? continued : plain;
    return [{ file: one.path, differs: answerLag - due }];
  });
  const off = found.filter(({ differs }) => differs !== 0).map(({ file }) => file);
  expect(off.toSorted()).toEqual(Object.keys(otherWays).toSorted());
  expect(found.length).toBeGreaterThan(120);
});
