import type { SwitchName } from '../base/switches.ts';
import type { ClauseVerdict } from '../conformance/verdict.ts';
import type { SoakCase } from './draw-case.ts';

/** Which rules a disturbed call must keep all the same, and which it need not, with the reason. */

interface Excuse {
  /** Rules, or all that begin so: `R-TX-`. */
  readonly rules: readonly string[];
  readonly why: string;
}

const everyRule = ['R-'] as const;

const falsified: Excuse = {
  rules: everyRule,
  why: 'judges read what was sent, a node what arrived',
};

const absent: Excuse = {
  rules: everyRule,
  why: 'what a node owes that was down, frozen, or has another clock, most judges know, not all',
};

const forgotten: Excuse = {
  rules: ['R-TX-02', 'R-2XX-01'],
  why: 'a copy that comes when its transaction is forgotten is taken for the same message',
};

/** By the kind of fault that strikes. */
const excusedByKind: Readonly<Record<string, Excuse>> = {
  'falsified field': falsified,
  'wrong tag': falsified,
  'wrong CSeq': falsified,
  'server crash': absent,
  'restart without memory': absent,
  standstill: absent,
  'clock jump': absent,
  'late copy': forgotten,
  'delay spike': forgotten,
  reordering: {
    rules: ['R-TX-02'],
    why: 'a proxy passes on no provisional response that a final one has overtaken',
  },
  'timer at the same tick': {
    rules: ['R-TX-02', 'R-OA-17'],
    why: 'of what arrives and what fires at one instant, a judge cannot tell which counted',
  },
  'refused in the call': {
    rules: ['R-TX-18', 'R-UPD-08'],
    why: 'a terminal is told to answer so late, and with a status that only INVITE may get',
  },
};

/** Where networks are reserved (SW-PRECOND). */
const excusedInReservation: Excuse = {
  rules: ['R-PRE-04', 'R-PRE-05', 'R-PRE-07', 'R-UPD-08'],
  why: 'how a CMR Server stands between two reservations is settled nowhere but for the usual way',
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
  if ((switches['SW-PRECOND'] ?? 'off') !== 'off') rules.push(...excusedInReservation.rules);
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
