import { Command, CommanderError } from 'commander';

import type { CommandSetting } from './commands/define.ts';
import { explainCommand } from './commands/explain.ts';
import { diffCommand } from './commands/diff.ts';
import { exploreCommand } from './commands/explore.ts';
import { exportCommand } from './commands/export.ts';
import { figureCommand } from './commands/figure.ts';
import { lintCommand } from './commands/lint.ts';
import { mergeCommand } from './commands/merge.ts';
import { racesCommand } from './commands/races.ts';
import { replayCommand } from './commands/replay.ts';
import { runCommand } from './commands/run.ts';
import { shrinkCommand } from './commands/shrink.ts';
import { soakCommand } from './commands/soak.ts';
import { schemaCommand } from './commands/schema.ts';
import { slackCommand } from './commands/slack.ts';
import { sweepCommand } from './commands/sweep.ts';
import { traceCommand } from './commands/trace.ts';
import { whyCommand } from './commands/why.ts';
import { versionCommand } from './commands/version.ts';
import { everyEnding, exitCodes, printExitCodes, type Ending } from './exit-codes.ts';
import { Refusal } from './refusal.ts';
import type { Terminal } from './terminal.ts';

/** Help is set for this width everywhere, so that `docs/cli.md` says the same as the terminal. */
const helpWidth = 90;

/** Every command of `ringscope`: help texts and `docs/cli.md` are made of these definitions. */
export function buildProgram(setting: CommandSetting): Command {
  const { terminal } = setting;
  const program = new Command('ringscope')
    .description('Simulator and scope for Customized Multimedia Ringing (CMR) signalling.')
    .version(__RINGSCOPE_VERSION__, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'help on a command');
  for (const make of [
    runCommand,
    exportCommand,
    replayCommand,
    shrinkCommand,
    diffCommand,
    sweepCommand,
    mergeCommand,
    exploreCommand,
    racesCommand,
    lintCommand,
    soakCommand,
    schemaCommand,
    explainCommand,
    slackCommand,
    figureCommand,
    traceCommand,
    whyCommand,
    versionCommand,
  ]) {
    program.addCommand(make(setting));
  }
  const example = 'ringscope run scenarios/continue/as-in-the-figure.cmr.yaml';
  program.addHelpText('after', `\nExample:\n  $ ${example}\n\n${printExitCodes(everyEnding)}`);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().showHelpAfterError(`(${usageHint(command, program)} --help says more)`);
    command.configureHelp({ helpWidth });
    command.configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
    });
  }
  return program;
}

function usageHint(command: Command, program: Command): string {
  return command === program ? 'ringscope' : `ringscope ${command.name()}`;
}

/** Does what the command line says; gives the exit code. Throws nothing. */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  let ending: Ending = 'passed';
  const program = buildProgram({
    terminal,
    end: (how) => {
      ending = how;
    },
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    return exitCodes[endingOf(error, terminal)].code;
  }
  return exitCodes[ending].code;
}

function endingOf(error: unknown, terminal: Terminal): Ending {
  if (error instanceof CommanderError) {
    // Commander has said it already; help and version are no errors.
    return error.exitCode === 0 ? 'passed' : 'refused';
  }
  if (error instanceof Refusal) {
    terminal.err(`${error.message}\n`);
    return error.ending;
  }
  terminal.err(internalSentence(error));
  return 'internal';
}

/** One line that a report needs, and no stack. */
export function internalSentence(error: unknown): string {
  const says = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const line = says.replace(/\s+/g, ' ').slice(0, 500);
  const versions = `ringscope ${__RINGSCOPE_VERSION__}, Node ${process.version}`;
  const ask = `Please report it with the command line and: ${versions}`;
  return `${line}\nThis is a fault of ringscope. ${ask}\n`;
}
