import path from 'node:path';

/** Files the application is registered for, and plain YAML and JSON beside them. */
const endings = ['.yaml', '.yml', '.json', '.cmrrun'];

/**
 * The file a start was asked to open: by a double click, or on a command line. Whether it is there
 * and may be read is seen when it is opened.
 * @param args what followed the program's name
 * @param folder where the start was made, absolute
 * @returns an absolute path, or null
 */
export function fileArgument(args: readonly string[], folder: string): string | null {
  const named = args.find((arg) => !arg.startsWith('-') && hasKnownEnding(arg));
  return named === undefined ? null : path.resolve(folder, named);
}

export function hasKnownEnding(file: string): boolean {
  return endings.includes(path.extname(file).toLowerCase());
}
