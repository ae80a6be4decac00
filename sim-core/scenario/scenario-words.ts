import type { Metrics } from '../conformance/metrics.ts';
import type { Command } from '../resource-control/control-message.ts';
import type { Method } from '../sip/message.ts';
import type { CallOutcome } from './scenario.ts';

/** Every member of a union by its own name: the compiler sees to it that none is missing. */
type Words<Member extends string> = { readonly [Word in Member]: Word };

export const methods: Words<Method> = {
  INVITE: 'INVITE',
  ACK: 'ACK',
  CANCEL: 'CANCEL',
  BYE: 'BYE',
  PRACK: 'PRACK',
  UPDATE: 'UPDATE',
  INFO: 'INFO',
  OPTIONS: 'OPTIONS',
};

export const commands: Words<Command['kind']> = {
  reserve: 'reserve',
  play: 'play',
  stop: 'stop',
  'allocate conference': 'allocate conference',
  mix: 'mix',
  release: 'release',
};

export const outcomes: Words<CallOutcome> = {
  'ring continues': 'ring continues',
  'ring stopped': 'ring stopped',
  'answered without ring': 'answered without ring',
  rejected: 'rejected',
  cancelled: 'cancelled',
  'not answered': 'not answered',
  failed: 'failed',
};

/** What each metric of spec §5.6 measures in, and what it says. Times are in µs. */
export const metricTable: Readonly<
  Record<keyof Metrics, { readonly measures: 'time' | 'count'; readonly says: string }>
> = {
  SRD: { measures: 'time', says: "A's INVITE leaves → first response but 100 arrives at A" },
  ringStart: { measures: 'time', says: "B's first 18x at the CMR Server → ring rendered" },
  defaultRingLeak: { measures: 'time', says: 'A hears its own ring-back tone although granted CMR' },
  deadAir: { measures: 'time', says: 'last ring sample → first regular sample at A' },
  ringTail: { measures: 'time', says: 'ring rendered at A after 200 reached it' },
  answerLag: { measures: 'time', says: "B's first 200 leaves → 200 reaches A" },
  contGap: { measures: 'time', says: 'last ring sample → first mixed sample at A' },
  preAnswerLoss: { measures: 'time', says: "B's speech that A never renders" },
  cutThroughAB: { measures: 'time', says: "B's 200 leaves → first sample of A at B" },
  cutThroughBA: { measures: 'time', says: "B's 200 leaves → first sample of B at A" },
  wasted2xx: { measures: 'count', says: '2xx resent only because its ACK was held back' },
  slowLegRetransmissions: { measures: 'count', says: "resent because a leg's round trip exceeds T1" },
};

/** What a fault rule can name: a method, a command or its reply, a medium; or a status code. */
export const faultLabels: readonly string[] = [
  ...Object.keys(methods),
  ...Object.keys(commands),
  'ok',
  'refused',
  'audio',
  'video',
];

/** Header fields the simulator writes itself; lower case, long and compact forms. */
export const ownHeaderFields: ReadonlyMap<string, string> = new Map([
  ['via', 'it depends on the path'],
  ['v', 'it depends on the path'],
  ['from', 'it follows from identity'],
  ['f', 'it follows from identity'],
  ['to', 'it follows from the script'],
  ['t', 'it follows from the script'],
  ['call-id', 'it is made for every call'],
  ['i', 'it is made for every call'],
  ['cseq', 'it is counted'],
  ['contact', 'it follows from identity, address and contact-parameters'],
  ['m', 'it follows from identity, address and contact-parameters'],
  ['max-forwards', 'it is counted'],
  ['rseq', 'it is counted'],
  ['rack', 'it follows from RSeq'],
  ['supported', 'the key supported gives it'],
  ['k', 'the key supported gives it'],
  ['allow', 'the key allow gives it'],
  ['p-early-media', 'the key early-media gives it'],
  ['mime-version', 'it follows from the body'],
]);
