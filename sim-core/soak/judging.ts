import type { ClauseVerdict } from '../conformance/verdict.ts';
import type { SwitchName } from '../base/switches.ts';
import type { SoakCase } from './draw-case.ts';

/** Which rules a disturbed call must keep all the same. */

/**
 * Kinds of fault after which a rule says nothing of this program: a node is not there, or its
 * clock is not the trace's; what it was told is not what was sent; what it was told long ago comes
 * once more, and its judge takes that for the same; it answers against its habit because it is
 * told to; or what arrives and what fires do so at one instant, where a judge cannot tell which
 * was first.
 */
const unjudged: ReadonlySet<string> = new Set([
  'server crash',
  'restart without memory',
  'standstill',
  'clock jump',
  'resource dies',
  'truncation',
  'falsified field',
  'wrong tag',
  'wrong CSeq',
  'late copy',
  'delay spike',
  'refused in the call',
  // A called terminal that is told to sends an UPDATE before its PRACK has come: not mended yet.
  'unexpected method',
  'timer at the same tick',
]);

/** Readings that break a rule of SIP: the source text asks for it, or an old terminal does it. */
const broken: readonly (readonly [SwitchName, string, readonly string[]])[] = [
  ['SW-GW-SWITCH', 'literal-reinvite', ['R-REI-01', 'R-OA-01', 'R-UPD-03']],
  ['SW-AS-CONT-UNANSWERED', 'literal-491', ['R-UPD-03', 'R-OA-01']],
  ['SW-ES-TAIL', 'until-first-regular-rtp', ['R-ES-06']],
  ['SW-GW-NO100REL', 'literal', ['R-MSG-11', 'R-PRK-01']],
  ['SW-CMRT-ES-CARRIER', 'invite', ['R-ES-03', 'R-ES-08']],
  ['SW-A-SOURCE-FILTER', 'sdp-remote', ['R-PEM-04', 'R-PEM-08']],
];

/**
 * Preconditions are drawn, but their rules are judged in the scenarios made for them alone: what
 * the CMR Server does with them in every mode and reading is settled nowhere.
 */
export function isJudged({ kinds, scenario: { switches } }: SoakCase): boolean {
  const reserves = (switches['SW-PRECOND'] ?? 'off') !== 'off';
  return !reserves && !kinds.some((kind) => unjudged.has(kind));
}

/** The rules of the RFCs that were broken, where neither a reading nor the scenario says why. */
export function brokenRules(
  { scenario: { switches, expect } }: SoakCase,
  verdicts: readonly ClauseVerdict[],
): string[] {
  // An UPDATE that is passed on is answered as soon as the other leg's losses allow.
  const excused = new Set<string>(['R-UPD-08']);
  for (const [name, value, clauses] of broken) {
    if (switches[name] === value) for (const one of clauses) excused.add(one);
  }
  for (const [id, verdict] of Object.entries(expect.verdicts)) {
    if (verdict === 'violated') excused.add(id);
  }
  return verdicts
    .filter(
      ({ clause, verdict, level }) =>
        clause.startsWith('R-') &&
        verdict === 'violated' &&
        level === 'error' &&
        !excused.has(clause),
    )
    .map(({ clause, says }) => `${clause} is violated: ${says}`);
}
