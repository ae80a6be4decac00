import type { SwitchName } from '../base/switches.ts';
import type { ClauseVerdict } from '../conformance/verdict.ts';
import type { SoakCase } from './draw-case.ts';

/** Which rules a disturbed call must keep all the same, and which it need not, with the reason. */

interface Excuse {
  /** Rules, or families of them: `R-TX-`. */
  readonly rules: readonly string[];
  readonly why: string;
}

/**
 * What a rule goes by when a message is falsified on its way: its judge reads what was sent, the
 * node what has arrived. So nothing is judged that pairs messages by tags, CSeq, RSeq or branch.
 */
const falsified: Excuse = {
  rules: [
    ...['R-TX-', 'R-2XX-', 'R-DLG-', 'R-CAN-', 'R-REI-', 'R-PRK-', 'R-UPD-', 'R-OA-'],
    ...['R-MSG-06', 'R-ES-01', 'R-ES-08', 'R-EM-01'],
  ],
  why: 'judges read what was sent, a node what arrived',
};

/** By the kind of fault that strikes. A node that is down or frozen has no duties in that time. */
const excusedByKind: Readonly<Record<string, Excuse>> = {
  'falsified field': falsified,
  'wrong tag': falsified,
  'wrong CSeq': falsified,
  'refused in the call': {
    rules: ['R-TX-18', 'R-UPD-08'],
    why: 'a terminal is told to answer so late, and with a status that only INVITE may get',
  },
  'restart without memory': {
    rules: ['R-OA-12'],
    why: 'a terminal that begins anew does not play what its former self has invited',
  },
};

/** Whatever strikes. */
const excusedAlways: Excuse = {
  rules: ['R-TX-20'],
  why: 'the CMR Server says again that Client-B rings when Client-B does, whose word may be lost',
};

/** Readings that break a rule of SIP: the source text asks for it, or an old terminal does it. */
const broken: readonly (readonly [SwitchName, string, readonly string[]])[] = [
  ['SW-GW-SWITCH', 'literal-reinvite', ['R-REI-01', 'R-OA-01', 'R-UPD-03']],
  ['SW-AS-CONT-UNANSWERED', 'literal-491', ['R-UPD-03', 'R-OA-01']],
  ['SW-ES-TAIL', 'until-first-regular-rtp', ['R-ES-06']],
  ['SW-GW-NO100REL', 'literal', ['R-MSG-11', 'R-PRK-01']],
  ['SW-CMRT-ES-CARRIER', 'invite', ['R-ES-03', 'R-ES-08']],
  ['SW-A-SOURCE-FILTER', 'sdp-remote', ['R-PEM-04', 'R-PEM-08']],
];

/** Everything that this call need not keep. */
function excusesFor({ kinds, scenario: { switches, expect } }: SoakCase): readonly string[] {
  const rules = [...excusedAlways.rules];
  for (const kind of kinds) rules.push(...(excusedByKind[kind]?.rules ?? []));
  for (const [name, value, clauses] of broken) {
    if (switches[name] === value) rules.push(...clauses);
  }
  for (const [id, verdict] of Object.entries(expect.verdicts)) {
    if (verdict === 'violated') rules.push(id);
  }
  return rules;
}

/** The rules of the RFCs that were broken, where neither a reading nor the scenario says why. */
export function brokenRules(one: SoakCase, verdicts: readonly ClauseVerdict[]): string[] {
  const excused = excusesFor(one);
  return verdicts
    .filter(
      ({ clause, verdict, level }) =>
        clause.startsWith('R-') &&
        verdict === 'violated' &&
        level === 'error' &&
        !excused.some((rule) => (rule.endsWith('-') ? clause.startsWith(rule) : clause === rule)),
    )
    .map(({ clause, says }) => `${clause} is violated: ${says}`);
}
