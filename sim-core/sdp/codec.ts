import { encodingOf, parametersOf } from './media-lines.ts';
import type { Encoding, MediaDescription } from './session-description.ts';

/** A format of an RTP section, read so that two parties' formats can be compared. */
export interface Codec {
  /** The payload type as the section numbers it. */
  readonly format: string;
  readonly encoding: Encoding;
  /** Equal for two formats that are the same codec, whatever their numbers. */
  readonly sameness: string;
  /** a=fmtp as printed, or null. */
  readonly parameters: string | null;
  /** Of AMR and AMR-WB: the modes to be used, `0,1,2`; null for all (RFC 4867 §8.1). */
  readonly modeSet: string | null;
  /** Of H.264: profile-level-id in small letters (RFC 6184 §8.1). */
  readonly profileLevel: string | null;
  /** False for telephone-event, comfort noise, redundancy and repair: nobody talks in them. */
  readonly carriesMedia: boolean;
}

/** The section's formats that have an encoding, in its order. Read once per frozen section. */
export function codecsOf(media: MediaDescription): readonly Codec[] {
  const known = codecsBySection.get(media);
  if (known !== undefined) return known;
  const mappings: string[] = [];
  const parameters: string[] = [];
  for (const line of media.lines) {
    if (line[0] !== 'a') continue;
    if (line[1].startsWith('rtpmap:')) mappings.push(line[1]);
    else if (line[1].startsWith('fmtp:')) parameters.push(line[1]);
  }
  const codecs: Codec[] = [];
  for (const [index, format] of media.formats.entries()) {
    if (media.formats.indexOf(format) !== index) continue;
    const mapping = lineFor(mappings, 'rtpmap:', format) ?? `${media.protocol} ${format}`;
    const codec = codecIn(media, format, mapping, lineFor(parameters, 'fmtp:', format) ?? '');
    if (codec !== null) codecs.push(codec);
  }
  if (Object.isFrozen(media)) codecsBySection.set(media, codecs);
  return codecs;
}

const codecsBySection = new WeakMap<MediaDescription, readonly Codec[]>();

function lineFor(values: readonly string[], name: string, format: string): string | undefined {
  const end = name.length + format.length;
  for (const value of values) {
    if (value.charAt(end) === ' ' && value.startsWith(format, name.length)) return value;
  }
  return undefined;
}

function codecIn(
  media: MediaDescription,
  format: string,
  mapping: string,
  parameters: string,
): Codec | null {
  const known = codecsByText.get(mapping)?.get(parameters);
  if (known !== undefined) return known;
  const encoding = encodingOf(media, format);
  if (encoding === null) return null;
  const codec = codecOf(format, encoding, parametersOf(media, format));
  keepCodec(mapping, parameters, codec);
  return codec;
}

/**
 * Codecs by the text of their a=rtpmap and a=fmtp lines: descriptions differ in addresses and ports
 * from call to call, but hardly in codecs.
 */
const codecsByText = new Map<string, Map<string, Codec>>();
const textsMost = 500;

function keepCodec(mapping: string, parameters: string, codec: Codec): void {
  if (codecsByText.size >= textsMost) codecsByText.clear();
  const kept = codecsByText.get(mapping) ?? new Map<string, Codec>();
  if (kept.size < textsMost) kept.set(parameters, codec);
  codecsByText.set(mapping, kept);
}

function codecOf(format: string, encoding: Encoding, parameters: string | null): Codec {
  const name = encoding.name.toUpperCase();
  const isAmr = name === 'AMR' || name === 'AMR-WB';
  const isH264 = name === 'H264';
  const stated = isAmr || isH264 ? (parameters ?? '').toLowerCase() : '';
  const profileLevel = isH264 ? profileLevelOf(stated) : null;
  let variant = '';
  if (isAmr) variant = octetAligned(stated) ? 'octet-aligned' : 'bandwidth-efficient';
  if (profileLevel !== null) variant = `${packetizationOf(stated)} ${h264Profile(profileLevel)}`;
  return {
    format,
    encoding,
    sameness: `${name}/${encoding.clockRate}/${encoding.parameters ?? '1'} ${variant}`,
    parameters,
    modeSet: isAmr ? parameterOf(stated, 'mode-set') : null,
    profileLevel,
    carriesMedia: !auxiliary.has(name),
  };
}

/** RFC 4733, 3389, 2198, 5109, 4588, 8627: formats that only go along with a codec. */
const auxiliary: ReadonlySet<string> = new Set([
  'TELEPHONE-EVENT',
  'TONE',
  'CN',
  'RED',
  'ULPFEC',
  'PARITYFEC',
  'FLEXFEC',
  'RTX',
]);

/** Whether the codec is telephone-event at the clock rate (RFC 4733 §2.1). */
export function isTelephoneEvent(codec: Codec, clockRate: number): boolean {
  return codec.encoding.clockRate === clockRate && codec.sameness.startsWith('TELEPHONE-EVENT/');
}

/** RFC 4867 §8.1: crc, robust-sorting and interleaving imply octet-align. */
function octetAligned(stated: string): boolean {
  return (
    parameterOf(stated, 'octet-align') === '1' ||
    parameterOf(stated, 'crc') === '1' ||
    parameterOf(stated, 'robust-sorting') === '1' ||
    parameterOf(stated, 'interleaving') !== null
  );
}

/** The value of one parameter of a=fmtp in small letters, without its quotes; or null. */
function parameterOf(stated: string, name: string): string | null {
  for (let at = stated.indexOf(name); at >= 0; at = stated.indexOf(name, at + 1)) {
    const start = at + name.length + 1;
    if (stated.charAt(start - 1) !== '=' || !startsParameter(stated, at)) continue;
    const end = stated.indexOf(';', start);
    const value = stated.slice(start, end < 0 ? stated.length : end).trim();
    return value.startsWith('"') ? value.replaceAll('"', '') : value;
  }
  return null;
}

function startsParameter(stated: string, at: number): boolean {
  const before = stated.charAt(at - 1);
  return before === '' || before === ';' || before === ' ';
}

/** RFC 6184 §8.1: single NAL unit mode without the parameter. */
function packetizationOf(stated: string): string {
  return parameterOf(stated, 'packetization-mode') ?? '0';
}

/** RFC 6184 §8.1: without the parameter, Baseline at level 1. */
function profileLevelOf(stated: string): string {
  const value = parameterOf(stated, 'profile-level-id');
  return value !== null && /^[0-9a-f]{6}$/.test(value) ? value : '420010';
}

/** RFC 6184 §8.1, table 5: several profile bytes say Baseline or Constrained Baseline. */
function h264Profile(profileLevel: string): string {
  const profile = profileLevel.slice(0, 2);
  const constraints = Number.parseInt(profileLevel.slice(2, 4), 16);
  const set0 = (constraints & 0x80) !== 0;
  const set1 = (constraints & 0x40) !== 0;
  if (profile === '42') return set1 ? 'constrained baseline' : 'baseline';
  if (profile === '4d') return set0 ? 'constrained baseline' : 'main';
  if (profile !== '58') return profileLevel.slice(0, 4);
  if (!set0) return 'extended';
  return set1 ? 'constrained baseline' : 'baseline';
}

/** What may be answered for a codec of the offer: a=fmtp, null for none; or that it may not be. */
export type AnsweredParameters = { readonly parameters: string | null } | 'not in common';

/**
 * The answerer's own a=fmtp, changed where the offer binds it: the offer's AMR mode-set unmodified
 * (RFC 4867 §8.3.1), no H.264 level above the offer's (RFC 6184 §8.2.2). The two formats are the
 * same codec.
 */
export function answeredParameters(offered: Codec, own: Codec): AnsweredParameters {
  if (offered.modeSet !== null && offered.modeSet !== own.modeSet) return withModeSet(offered, own);
  return own.profileLevel === null ? own : withinLevel(offered, own);
}

function withModeSet(offered: Codec, own: Codec): AnsweredParameters {
  const wanted = offered.modeSet ?? '';
  const able = own.modeSet?.split(',').map(Number);
  const covered = wanted.split(',').every((mode) => able?.includes(Number(mode)) ?? true);
  if (!covered) return 'not in common';
  return { parameters: withParameter(own.parameters, 'mode-set', wanted) };
}

function withinLevel(offered: Codec, own: Codec): AnsweredParameters {
  const limit = offered.profileLevel ?? '';
  if (own.profileLevel === limit || h264Level(own.profileLevel ?? '') <= h264Level(limit))
    return own;
  if (allowsAsymmetry(offered) && allowsAsymmetry(own)) return own;
  return { parameters: withParameter(own.parameters, 'profile-level-id', limit) };
}

function allowsAsymmetry(codec: Codec): boolean {
  return parameterOf((codec.parameters ?? '').toLowerCase(), 'level-asymmetry-allowed') === '1';
}

/** Ten times the level; 10.5 for level 1b, which has no number of its own (RFC 6184 §8.1). */
function h264Level(profileLevel: string): number {
  const level = Number.parseInt(profileLevel.slice(4), 16);
  const set3 = (Number.parseInt(profileLevel.slice(2, 4), 16) & 0x10) !== 0;
  const lowProfile = /^(42|4d|58)/.test(profileLevel);
  return level === 9 || (level === 11 && set3 && lowProfile) ? 10.5 : level;
}

function withParameter(parameters: string | null, name: string, value: string): string {
  const others = (parameters ?? '').split(';').filter((part) => part.trim() !== '');
  const at = others.findIndex((part) => part.trim().toLowerCase().startsWith(`${name}=`));
  const stated = `${name}=${value}`;
  return (at < 0 ? [...others, stated] : others.with(at, stated)).join(';');
}
