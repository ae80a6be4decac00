/**
 * A failure the person at the window should read as it stands: a sentence without a path and
 * without a stack. Every other error is a mistake of ours and stays in the main process.
 */
export class HostProblem extends Error {
  override readonly name = 'HostProblem';
}

const saysByCode: Readonly<Record<string, string>> = {
  EACCES: 'permission is missing',
  EBUSY: 'another program is using it',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'something of that name is in the way',
  EFBIG: 'it is too large for this disk',
  EIO: 'the disk reports an error',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENOENT: 'it is not there',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'its folder is not a folder',
  EPERM: 'permission is missing',
  EROFS: 'the disk is read-only',
  EXDEV: 'it lies on another disk',
};

/**
 * @param deed what was tried, as the beginning of the sentence: 'demo.cmr.yaml could not be saved'
 * @param error what the file system threw
 * @returns the sentence to show; an error without a code is returned as it is
 */
export function problemOf(deed: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
    return error;
  }
  return new HostProblem(`${deed}: ${saysByCode[error.code] ?? error.code}`);
}
