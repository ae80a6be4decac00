/** The file a scenario of the window stands in, as a command line in the project's folder says. */
export function scenarioPath(scenario: {
  readonly key: string;
  readonly fileName: string;
}): string {
  const { key, fileName } = scenario;
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  return key.startsWith('opened/') ? fileName : `scenarios/${folder}${fileName}`;
}

/** A word for a POSIX shell: quoted where it has to be. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
