import type { SwitchName } from '../base/switches.ts';
import type { ClauseVerdict } from '../conformance/verdict.ts';
import type { NodeSetting, Scenario } from '../scenario/scenario.ts';
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
  'slow link': {
    rules: ['R-UPD-08'],
    why: 'who passes an UPDATE on answers when the other party has, however far away that is',
  },
  'refused in the call': {
    rules: ['R-TX-18', 'R-UPD-08'],
    why: 'a terminal is told to answer so late, and with a status that only INVITE may get',
  },
};

interface Circumstance extends Excuse {
  readonly holds: (scenario: Scenario) => boolean;
}

/** By what the scenario is like, whatever strikes. */
const excusedWhere: readonly Circumstance[] = [
  {
    holds: ({ switches }) => (switches['SW-PRECOND'] ?? 'off') !== 'off',
    rules: ['R-PRE-04', 'R-PRE-05', 'R-PRE-07', 'R-UPD-08'],
    why: 'how a CMR Server stands between two reservations is settled only for the usual way',
  },
  {
    holds: offersLateToEarlySession,
    rules: ['R-OA-20'],
    why: 'the source text has the early session in a reliable response that may offer nothing else',
  },
  {
    holds: ({ switches }) =>
      switches['SW-GW-SWITCH'] === 'literal-reinvite' &&
      switches['SW-GW-NO100REL'] === 'unreliable-preview',
    rules: ['R-OA-03', 'R-OA-05'],
    why: 'the re-INVITE before the 200 offers anew what has only been shown',
  },
  {
    holds: ({ switches }) => switches['SW-FORK-A'] === 'per-branch',
    rules: ['R-TX-20'],
    why: 'the CMR Server says again what it said in the early dialog with the ring, not in others',
  },
  {
    holds: ({ nodes }) => nodes.some(refusesWhatItLists),
    rules: ['R-MSG-09', 'R-PRK-09'],
    why: 'a terminal that lists what it does not understand refuses it however it is spelled',
  },
];

/** An INVITE without an offer meets Application Server Mode (N-14). */
function offersLateToEarlySession({ nodes, switches }: Scenario): boolean {
  const chosen = switches['SW-MODE'] ?? 'as-configured';
  const late = nodes.some((node) => node.role === 'cmr-client' && !node.calling.offer);
  if (!late || chosen !== 'as-configured') return late && (chosen === 'as' || chosen === 'auto');
  return nodes.some(
    (node) =>
      node.role === 'cmr-server' && (node.mode === 'application-server' || node.mode === 'auto'),
  );
}

function refusesWhatItLists(node: NodeSetting): boolean {
  if (node.role !== 'cmr-client') return false;
  return (node.alerting.supported ?? []).some((tag) => !node.supported.includes(tag));
}

/** Where nothing but a 100 has come from the called side in the whole call. */
const excusedInSilence: Excuse = {
  rules: ['R-TX-20'],
  why: 'a CMR Server amends what Client-B says, and has nothing to say again before that',
};

/** Readings that break a rule of SIP: the source text asks for it, or an old terminal does it. */
const broken: readonly (readonly [SwitchName, string, readonly string[]])[] = [
  ['SW-GW-SWITCH', 'literal-reinvite', ['R-REI-01', 'R-OA-01', 'R-UPD-03']],
  ['SW-AS-CONT-UNANSWERED', 'literal-491', ['R-UPD-03', 'R-OA-01']],
  ['SW-ES-TAIL', 'until-first-regular-rtp', ['R-ES-06']],
  ['SW-GW-NO100REL', 'literal', ['R-MSG-11', 'R-PRK-01']],
  ['SW-CMRT-ES-CARRIER', 'invite', ['R-ES-03', 'R-ES-08']],
  ['SW-A-SOURCE-FILTER', 'sdp-remote', ['R-PEM-04', 'R-PEM-06', 'R-PEM-08']],
];

/** Everything that this call need not keep. */
function excusesFor({ kinds, scenario }: SoakCase): readonly string[] {
  const { switches, expect } = scenario;
  const rules: string[] = [];
  for (const one of excusedWhere) if (one.holds(scenario)) rules.push(...one.rules);
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
export function brokenRules(
  one: SoakCase,
  verdicts: readonly ClauseVerdict[],
  silent = false,
): string[] {
  const excused = [...excusesFor(one), ...(silent ? excusedInSilence.rules : [])];
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
