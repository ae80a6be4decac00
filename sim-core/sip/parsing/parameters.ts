import { digit, endOfRun, token } from './characters.ts';
import { judgeHost, judgeIpv6 } from './host.ts';
import { sipLimits } from './limits.ts';
import {
  cited,
  comma,
  complain,
  cut,
  endOfWord,
  equals,
  greater,
  less,
  malformed,
  peek,
  quote,
  readQuoted,
  readToken,
  semicolon,
  skip,
  take,
  wanted,
  type Reading,
} from './reading.ts';

/** `;name=value` behind a header field's value (RFC 3261 §25.1 `generic-param`). */
export interface Parameter {
  /** As written; names are case-insensitive. */
  readonly name: string;
  /** Null where there is no equals sign; a quoted string without its quotes and backslashes. */
  readonly value: string | null;
  readonly isQuoted: boolean;
  readonly offset: number;
  readonly length: number;
}

/** What a value of a parameter must be; the grammar of its name. */
export type ParameterRule =
  | 'token'
  | 'host'
  | 'address'
  | 'quality'
  | 'seconds'
  | 'time to live'
  | 'digits or nothing'
  | 'digits'
  | 'quoted';

export type ParameterRules = ReadonlyMap<string, ParameterRule>;

export const noRules: ParameterRules = new Map();

/** The value of the first parameter of that name, any case; null where it is not there. */
export function parameter(parameters: readonly Parameter[], name: string): Parameter | null {
  const wantedName = name.toLowerCase();
  for (const one of parameters) {
    if (one.name === name || one.name.toLowerCase() === wantedName) return one;
  }
  return null;
}

/** The value of a parameter as text, or null. */
export function parameterValue(parameters: readonly Parameter[], name: string): string | null {
  return parameter(parameters, name)?.value ?? null;
}

/** `*( SEMI generic-param )`; reading stops behind the last one. */
export function readParameters(reading: Reading, rules: ParameterRules): Parameter[] {
  const parameters: Parameter[] = [];
  while (take(reading, semicolon)) {
    const one = readParameter(reading, rules);
    if (one !== null) parameters.push(one);
    if (parameters.length < sipLimits.parametersMost) continue;
    const says = `more than ${sipLimits.parametersMost} parameters; the rest is not read`;
    malformed(reading, reading.at, reading.end, says);
    reading.at = reading.end;
  }
  if (reading.found !== null) tellRepeated(reading, parameters);
  return parameters;
}

function readParameter(reading: Reading, rules: ParameterRules): Parameter | null {
  const offset = reading.at;
  const name = readToken(reading);
  if (name === null) {
    const says = `no parameter behind the semicolon: ${wanted(reading, 'a name')}`;
    malformed(reading, offset - 1, endOfWord(reading), says);
    passJunk(reading);
    return null;
  }
  const nameEnd = reading.at;
  skip(reading);
  if (peek(reading) !== equals) {
    reading.at = nameEnd;
    const plain = { name, value: null, isQuoted: false, offset, length: nameEnd - offset };
    checkValue(reading, plain, nameEnd, nameEnd, rules);
    return plain;
  }
  reading.at += 1;
  skip(reading);
  const valueAt = reading.at;
  const isQuoted = peek(reading) === quote;
  const value = isQuoted ? readQuoted(reading) : readPlainValue(reading);
  if (isQuoted && value === null) reading.at = reading.end;
  const end = reading.at;
  const one = { name, value: value ?? '', isQuoted, offset, length: end - offset };
  if (!isQuoted || value !== null) checkValue(reading, one, valueAt, end, rules);
  return one;
}

/** Passes over what is no parameter, to the next semicolon or comma. */
function passJunk(reading: Reading): void {
  const { text, end } = reading;
  while (reading.at < end) {
    const code = text.charCodeAt(reading.at);
    if (code === semicolon || code === comma) return;
    reading.at += 1;
  }
}

/** Everything up to a separator; whether it is a value is judged by its name's rule. */
function readPlainValue(reading: Reading): string {
  const { text, at: from, end } = reading;
  let at = from;
  while (at < end && !endsValue(text.charCodeAt(at))) at += 1;
  reading.at = at;
  return cut(reading, from, at);
}

function endsValue(code: number): boolean {
  const isWhite = code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
  const separates = code === semicolon || code === comma || code === quote;
  return isWhite || separates || code === less || code === greater;
}

function checkValue(
  reading: Reading,
  { name, value, isQuoted }: Parameter,
  from: number,
  to: number,
  rules: ParameterRules,
): void {
  if (reading.found === null) return;
  const rule = ruleOf(rules, name);
  if (value === null) {
    if (rule === null || rule === 'digits or nothing') return;
    const says = `the parameter ${name} needs a value: ${ruleWords[rule]}`;
    malformed(reading, from - name.length, from, says);
    return;
  }
  if (rule === null) {
    if (isQuoted || isGeneric(reading.text, from, to)) return;
    const what = from === to ? 'nothing' : cited(reading, from, to);
    const allowed = 'a token, a host or a quoted string';
    malformed(reading, from, Math.max(to, from + 1), `expected ${allowed}, but found ${what}`);
    return;
  }
  checkByRule(reading, name, rule, from, to);
}

function ruleOf(rules: ParameterRules, name: string): ParameterRule | null {
  if (rules.size === 0) return null;
  return rules.get(name) ?? rules.get(name.toLowerCase()) ?? null;
}

const ruleWords: Readonly<Record<ParameterRule, string>> = {
  token: 'a token',
  host: 'a host',
  address: 'an IP address without brackets',
  quality: 'a number from 0 to 1 with at most three decimals',
  seconds: 'a number of seconds',
  'time to live': 'a number from 0 to 255',
  'digits or nothing': 'a number, or no equals sign',
  digits: 'a number',
  quoted: 'a quoted string',
};

function isGeneric(text: string, from: number, to: number): boolean {
  if (from < to && endOfRun(text, from, to, token) === to) return true;
  return text.charAt(from) === '[' && judgeHost(text, from, to).fault === null;
}

function checkByRule(
  reading: Reading,
  name: string,
  rule: ParameterRule,
  from: number,
  to: number,
): void {
  const { text } = reading;
  const refuse = (): void => {
    const what = from === to ? 'nothing' : cited(reading, from, to);
    const says = `${name} is ${ruleWords[rule]}, but found ${what}`;
    malformed(reading, from, Math.max(to, from + 1), says);
  };
  if (rule === 'token') {
    if (from === to || endOfRun(text, from, to, token) < to) refuse();
  } else if (rule === 'host') {
    if (judgeHost(text, from, to).fault !== null) refuse();
  } else if (rule === 'address') checkAddress(reading, from, to, refuse);
  else if (rule === 'quality') {
    if (!/^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/.test(text.slice(from, to))) refuse();
  } else if (rule === 'quoted') {
    if (text.charCodeAt(from) !== quote) refuse();
  } else checkDigits(reading, name, rule, from, to, refuse);
}

/** `received`: RFC 3261 has an IPv6 address without brackets, half the world sends it with them. */
function checkAddress(reading: Reading, from: number, to: number, refuse: () => void): void {
  const { text } = reading;
  const isReference = text.charAt(from) === '[';
  const verdict = judgeHost(text, from, to);
  if (!isReference) {
    const isAddress =
      (verdict.kind === 'IPv4' && verdict.fault === null) ||
      judgeIpv6(text, from, to).fault === null;
    if (!isAddress) refuse();
  } else if (verdict.fault !== null) refuse();
  else {
    const says = 'an IPv6 address in brackets; here it stands without them';
    complain(reading, 'remark', from, to, says, 'RFC 5118 §4.5');
  }
}

const secondsMost = 4_294_967_295;

function checkDigits(
  reading: Reading,
  name: string,
  rule: ParameterRule,
  from: number,
  to: number,
  refuse: () => void,
): void {
  const { text } = reading;
  const isNumber = from < to && endOfRun(text, from, to, digit) === to;
  if (!isNumber) {
    refuse();
    return;
  }
  const value = Number(text.slice(from, to));
  if (rule === 'time to live' && (to - from > 3 || value > 255)) refuse();
  if (rule === 'seconds' && value > secondsMost) {
    const says = `${name} is at most 4294967295 seconds, but found ${cited(reading, from, to)}`;
    complain(reading, 'violation', from, to, says, 'RFC 3261 §20.10');
  }
}

/** Two names of different lengths need no look at their letters. */
function areUnlike([first, second]: readonly Parameter[]): boolean {
  return first?.name.length !== second?.name.length;
}

/** RFC 3261 §7.3.1: a parameter name appears once. */
function tellRepeated(reading: Reading, parameters: readonly Parameter[]): void {
  if (parameters.length < 2 || (parameters.length === 2 && areUnlike(parameters))) return;
  const names = new Set<string>();
  for (const { name, offset, length } of parameters) {
    const lower = name.toLowerCase();
    if (names.has(lower)) {
      const says = `the parameter ${name} is there already; each stands once`;
      complain(reading, 'violation', offset, offset + length, says, 'RFC 3261 §7.3.1');
    }
    names.add(lower);
  }
}
