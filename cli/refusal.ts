import type { Ending } from './exit-codes.ts';

/** Something the user can put right, in so many words. Never shown with a stack trace. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly ending: Ending;

  constructor(ending: Ending, says: string) {
    super(says);
    this.ending = ending;
  }
}

/** What a file operation's error means, in words; the system's own code where it is a rare one. */
export function fileSentence(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const says = new Map([
    ['ENOENT', 'there is no such file or folder'],
    ['EACCES', 'access is denied'],
    ['EPERM', 'access is denied'],
    ['EISDIR', 'this is a folder'],
    ['ENOTDIR', 'a part of this path is no folder'],
    ['ENOSPC', 'the disk is full'],
    ['EROFS', 'the disk is read-only'],
    ['ELOOP', 'symbolic links run in a circle'],
    ['ENAMETOOLONG', 'the name is too long'],
  ]).get(code);
  if (says !== undefined) return says;
  return code === '' ? String(error instanceof Error ? error.message : error) : code;
}
