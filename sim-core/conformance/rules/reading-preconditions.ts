import { isOn } from '../../sdp/media-lines.ts';
import type { MediaDescription, SessionDescription } from '../../sdp/session-description.ts';

/** RFC 3312 §4: the current and the desired status of a line, read from its attributes. */

export type Strength = 'mandatory' | 'optional' | 'none' | 'failure' | 'unknown';

export interface Desired {
  /** `qos e2e`, `qos local`, `qos remote`. */
  readonly type: string;
  readonly strength: Strength;
  readonly directions: Directions;
}

export interface Current {
  readonly type: string;
  readonly directions: Directions;
}

export type Directions = 'none' | 'send' | 'recv' | 'sendrecv';

const directionWords = ['none', 'send', 'recv', 'sendrecv'] as const;
const strengthWords = ['mandatory', 'optional', 'none', 'failure', 'unknown'] as const;

export function currentOf({ lines }: MediaDescription): Current[] {
  return attributes(lines, 'curr:').flatMap(([kind, status, tag]) => {
    const directions = directionWords.find((word) => word === tag);
    return directions === undefined ? [] : [{ type: `${kind} ${status}`, directions }];
  });
}

export function desiredOf({ lines }: MediaDescription): Desired[] {
  return attributes(lines, 'des:').flatMap(([kind, rank, status, tag]) => {
    const directions = directionWords.find((word) => word === tag);
    const strength = strengthWords.find((word) => word === rank);
    if (directions === undefined || strength === undefined) return [];
    return [{ type: `${kind} ${status}`, strength, directions }];
  });
}

/** The types of status that a line asks to be told about. */
export function confirmationsOf({ lines }: MediaDescription): Current[] {
  return attributes(lines, 'conf:').flatMap(([kind, status, tag]) => {
    const directions = directionWords.find((word) => word === tag);
    return directions === undefined ? [] : [{ type: `${kind} ${status}`, directions }];
  });
}

function attributes(lines: MediaDescription['lines'], name: string): string[][] {
  const found: string[][] = [];
  for (const line of lines) {
    if (line[0] !== 'a' || !line[1].startsWith(name)) continue;
    found.push(line[1].slice(name.length).trim().split(/\s+/));
  }
  return found;
}

/** Whether the one covers every direction of the other. */
export function covers(has: Directions, wants: Directions): boolean {
  if (wants === 'none' || has === 'sendrecv') return true;
  return has === wants;
}

/** Whether any line that is on asks for something mandatory. */
export function isConditioned({ media }: SessionDescription): boolean {
  return media.some(
    (line) => isOn(line) && desiredOf(line).some(({ strength }) => strength === 'mandatory'),
  );
}

/** The first line that is on and lacks a mandatory precondition, or null (RFC 3312 §6, §8.1). */
export function unmetLine({ media }: SessionDescription): MediaDescription | null {
  for (const line of media) {
    if (!isOn(line)) continue;
    const current = currentOf(line);
    const unmet = desiredOf(line).some(({ strength, type, directions }) => {
      if (strength !== 'mandatory') return false;
      const now = current.find((one) => one.type === type);
      return now === undefined || !covers(now.directions, directions);
    });
    if (unmet) return line;
  }
  return null;
}

/** The same status as the other end calls it: local and remote, send and recv change places. */
export function mirroredType(type: string): string {
  if (type.endsWith(' local')) return type.replace(' local', ' remote');
  return type.endsWith(' remote') ? type.replace(' remote', ' local') : type;
}
