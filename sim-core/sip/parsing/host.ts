import { alphanum, digit, endOfRun, hex, isIn, labelCharacter } from './characters.ts';

/** What a host is; `name` is that of a domain. */
export type HostKind = 'name' | 'IPv4' | 'IPv6';

/** A host as the grammar judges it. */
export interface HostVerdict {
  readonly kind: HostKind;
  /** Why the grammar refuses it, or null. */
  readonly fault: string | null;
  /** What is to be put up with, and the clause that says so, or null. */
  readonly lenience: { readonly says: string; readonly clause: string } | null;
}

const dot = 0x2e;
const colon = 0x3a;

/** Judges a host (RFC 3261 §25.1, with the addresses of RFC 5954 §4.1), brackets included. */
export function judgeHost(text: string, from: number, to: number): HostVerdict {
  if (text.charAt(from) === '[') {
    if (text.charAt(to - 1) !== ']') return refused('IPv6', 'the bracket [ is not closed by ]');
    return judgeIpv6(text, from + 1, to - 1);
  }
  if (from === to) return refused('name', 'there is no host');
  if (looksLikeIpv4(text, from, to)) {
    const isAddress = isIpv4(text, from, to);
    return isAddress
      ? accepted.IPv4
      : refused('IPv4', 'an IPv4 address is four numbers from 0 to 255 with dots between them');
  }
  return judgeName(text, from, to);
}

function accept(kind: HostKind): HostVerdict {
  return Object.freeze({ kind, fault: null, lenience: null });
}

const accepted = { name: accept('name'), IPv4: accept('IPv4'), IPv6: accept('IPv6') };

function refused(kind: HostKind, fault: string): HostVerdict {
  return { kind, fault, lenience: null };
}

/** The last label of a name begins with a letter, so digits and a dot at the end mean numbers. */
function looksLikeIpv4(text: string, from: number, to: number): boolean {
  let at = to;
  while (at > from && isIn(text.charCodeAt(at - 1), digit)) at -= 1;
  return at < to && (at === from || text.charCodeAt(at - 1) === dot);
}

function judgeName(text: string, from: number, to: number): HostVerdict {
  const end = text.charCodeAt(to - 1) === dot ? to - 1 : to;
  let at = from;
  for (;;) {
    const stop = endOfRun(text, at, end, labelCharacter);
    const isLabel =
      stop > at && isIn(text.charCodeAt(at), alphanum) && isIn(text.charCodeAt(stop - 1), alphanum);
    if (!isLabel) return refused('name', nameFault(text, stop, at, end));
    if (stop === end) {
      const isTop = !isIn(text.charCodeAt(at), digit);
      return isTop ? accepted.name : refused('name', 'the last label begins with a letter');
    }
    if (text.charCodeAt(stop) !== dot) return refused('name', nameFault(text, stop, at, end));
    at = stop + 1;
  }
}

function nameFault(text: string, stop: number, at: number, end: number): string {
  const rule = 'labels of letters, digits and inner hyphens, with dots between them';
  if (stop === at && (stop === end || text.charCodeAt(stop) === dot)) {
    return `an empty label in a host name; it is ${rule}`;
  }
  if (stop < end && text.charCodeAt(stop) === colon) {
    return 'colons in a host: an IPv6 address stands in [ and ]';
  }
  return `a host name is ${rule}`;
}

/** RFC 3986 §3.2.2, as RFC 5954 §4.1 puts it into RFC 3261. */
export function isIpv4(text: string, from: number, to: number): boolean {
  let at = from;
  for (let part = 1; part <= 4; part += 1) {
    const stop = endOfRun(text, at, to, digit);
    const length = stop - at;
    if (length < 1 || length > 3 || Number(text.slice(at, stop)) > 255) return false;
    if (length > 1 && text.charAt(at) === '0') return false;
    if (part === 4) return stop === to;
    if (text.charCodeAt(stop) !== dot || stop >= to) return false;
    at = stop + 1;
  }
  return false;
}

const ipv6Rule =
  'an IPv6 address is eight groups of up to four hexadecimal digits, :: once for some';

/** An IPv6 address without its brackets (RFC 5954 §4.1). */
export function judgeIpv6(text: string, from: number, to: number): HostVerdict {
  let at = from;
  let groups = 0;
  let hasGap = false;
  let extraColon = false;
  if (text.startsWith('::', at)) {
    hasGap = true;
    at += 2;
  }
  while (at < to) {
    const stop = endOfRun(text, at, to, hex);
    if (text.charCodeAt(stop) === dot && stop < to) {
      if (!isIpv4(text, at, to)) return refused('IPv6', ipv6Rule);
      groups += 2;
      break;
    }
    if (stop === at || stop - at > 4) return refused('IPv6', ipv6Rule);
    groups += 1;
    at = stop;
    if (at === to) break;
    if (text.charCodeAt(at) !== colon || at + 1 === to) return refused('IPv6', ipv6Rule);
    at += 1;
    if (text.charCodeAt(at) !== colon) continue;
    if (hasGap) return refused('IPv6', ipv6Rule);
    hasGap = true;
    at += 1;
    extraColon = text.charCodeAt(at) === colon && isIpv4(text, at + 1, to);
    if (extraColon) at += 1;
  }
  const isWhole = hasGap ? groups < 8 : groups === 8;
  if (!isWhole) return refused('IPv6', ipv6Rule);
  if (!extraColon) return accepted.IPv6;
  const says = 'three colons before the IPv4 part, a slip of RFC 3261; two are meant';
  return { kind: 'IPv6', fault: null, lenience: { says, clause: 'RFC 5118 §4.10' } };
}
