import { Command, InvalidArgumentError } from 'commander';

import { printExitCodes, type Ending } from '../exit-codes.ts';
import { widthLeast, widthMost, type Terminal } from '../terminal.ts';

/** What a command is made with, and where it leaves how it ended. */
export interface CommandSetting {
  readonly terminal: Terminal;
  readonly end: (ending: Ending) => void;
}

/** A command with what every help text ends in: an example that can be run, and its exit codes. */
export function define(
  name: string,
  description: string,
  example: string,
  endings: readonly Ending[],
): Command {
  const after = `\nExample:\n  $ ${example}\n\n${printExitCodes(endings)}`;
  return new Command(name).description(description).addHelpText('after', after);
}

/** For options that may be given several times. */
export function collect<Value>(
  read: (text: string) => Value,
): (text: string, before: readonly Value[] | undefined) => readonly Value[] {
  return (text, before) => [...(before ?? []), read(text)];
}

export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };
}

/** A setting as written: `links.a.latency=100ms`. */
export function pathAndValue(text: string): { readonly path: string; readonly value: string } {
  const equals = text.indexOf('=');
  if (equals > 0) return { path: text.slice(0, equals), value: text.slice(equals + 1) };
  throw new InvalidArgumentError(
    'It is a path, an equals sign and a value: links.a.latency=100ms.',
  );
}

/** Options of every command that prints a ladder. */
export function withPageOptions(command: Command): Command {
  return command
    .option(
      '--width <columns>',
      'columns of the ladder (default: 100, or what the terminal has)',
      wholeNumber(widthLeast, widthMost),
    )
    .option('--ascii', 'nothing but ASCII characters, and no colours');
}

/** Options of every command that runs scenarios. */
export function withRunOptions(command: Command): Command {
  return command
    .option(
      '--seed <number>',
      "instead of the scenario's own",
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
    )
    .option(...setOption)
    .option(...faultOption)
    .option('--until <time>', 'end the run there at the latest: 5s');
}

const setOption = [
  '--set <path=value>',
  'change a value of the scenario, several times if need be',
  collect(pathAndValue),
] as const;

const faultOption = [
  '--fault <sentence>',
  "what goes wrong in the network, before the scenario's own faults, several times if " +
    'need be: "drop the 1st 200 of client-b"',
  collect((text: string) => text),
] as const;

/** What commands that make many runs of a scenario have in common: changes of its text. */
export function withTextOptions(command: Command): Command {
  return command.option(...setOption).option(...faultOption);
}

/** The options of every command that looks at one run of a scenario. */
export function withOneRunOptions(command: Command): Command {
  return withRunOptions(command).option(
    '--choice <number=value>',
    'take a choice that chance made in another way: yes, no, a time or a number; several times ' +
      'if need be: "17=yes", "3=23ms"',
    collect((text) => text),
  );
}

/** What is changed in the text of a scenario. */
export interface TextFlags {
  readonly set?: readonly { readonly path: string; readonly value: string }[];
  readonly fault?: readonly string[];
}

export interface RunFlags extends TextFlags {
  readonly seed?: number;
  readonly until?: string;
}

export interface OneRunFlags extends RunFlags {
  readonly choice?: readonly string[];
}

/** The option of every command that writes what somebody hears. */
export function withEarOption(command: Command, what: string): Command {
  return command.option('--ear <terminal>', `${what} (default: the caller's)`);
}

export interface EarFlags {
  readonly ear?: string;
}

export interface PageFlags {
  readonly width?: number;
  readonly ascii?: boolean;
}
