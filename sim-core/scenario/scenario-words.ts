import type { DigitCarrier, Renegotiation, UserAction } from '../kernel/node.ts';
import type { EarlySessionHabit } from '../nodes/cmr-client/early-session.ts';
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
  renegotiate: 'renegotiate',
  play: 'play',
  stop: 'stop',
  'allocate conference': 'allocate conference',
  mix: 'mix',
  release: 'release',
  audit: 'audit',
};

export const earlySessionHabits: Words<EarlySessionHabit> = {
  accept: 'accept',
  refuse: 'refuse',
  ignore: 'ignore',
  'wrong-m-lines': 'wrong-m-lines',
};

export const deeds: Words<UserAction['kind']> = {
  dial: 'dial',
  answer: 'answer',
  reject: 'reject',
  cancel: 'cancel',
  'hang up': 'hang up',
  hold: 'hold',
  resume: 'resume',
  press: 'press',
  silence: 'silence',
  're-invite': 're-invite',
  update: 'update',
};

export const digitCarriers: Words<DigitCarrier> = {
  info: 'info',
  'telephone-event': 'telephone-event',
};

export const renegotiations: Words<Renegotiation> = {
  'as-before': 'as-before',
  'new-ports': 'new-ports',
  none: 'none',
};

export const servingHabits = { well: 'well', reset: 'reset', silence: 'silence' } as const;

export const outcomes: Words<CallOutcome> = {
  'ring continues': 'ring continues',
  'ring stopped': 'ring stopped',
  'answered without ring': 'answered without ring',
  rejected: 'rejected',
  cancelled: 'cancelled',
  'not answered': 'not answered',
  failed: 'failed',
};

/**
 * What a fault rule can name: a method, a command or its reply, a medium or one of its packets; or
 * a status code.
 */
export const faultLabels: readonly string[] = [
  ...Object.keys(methods),
  ...Object.keys(commands),
  'ok',
  'refused',
  'resource ended',
  'SYN',
  'SYN+ACK',
  'FIN+ACK',
  'RST',
  'GET',
  'body',
  'audio',
  'video',
  'audio packet',
  'video packet',
  'RTCP',
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
