import { printSdp, type ControlMessage } from '../../sim-core/reading.ts';

/** A control message for the eye: what it is, its facts, the descriptions it carries. */
export interface ControlText {
  readonly kind: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly descriptions: readonly (readonly [name: string, lines: readonly string[]])[];
}

/** The message in words; it has no wire text, for the source texts give it none (GAP-31). */
export function controlText(message: ControlMessage): ControlText {
  switch (message.form) {
    case 'command':
      return commandText(message.command);
    case 'reply':
      return replyText(message);
    case 'notice':
      return { kind: message.notice.kind, facts: [], descriptions: [] };
  }
}

type Description = Parameters<typeof printSdp>[0];

function linesOf(description: Description): readonly string[] {
  return printSdp(description).split('\r\n').slice(0, -1);
}

function commandText(
  command: Extract<ControlMessage, { form: 'command' }>['command'],
): ControlText {
  const { kind } = command;
  switch (command.kind) {
    case 'reserve':
      return {
        kind,
        facts: [
          ['Resource', command.resource],
          ['Direction', command.direction],
        ],
        descriptions: command.offer === null ? [] : [['Offer to answer', linesOf(command.offer)]],
      };
    case 'renegotiate':
      return {
        kind,
        facts: [['Direction', command.direction]],
        descriptions: [['Offer to answer', linesOf(command.offer)]],
      };
    case 'mix':
      return {
        kind,
        facts: command.cells.map(({ input, output, medium, gainPercent }) => [
          `${output} gets`,
          `${medium} of ${input}, ${gainPercent} %`,
        ]),
        descriptions: [
          ['Client-A receives', linesOf(command.towardsA)],
          ['Client-B receives', linesOf(command.towardsB)],
        ],
      };
    case 'play':
      return {
        kind,
        facts: [['At its end', command.loops ? 'from the start again' : 'silence']],
        descriptions: command.answer === null ? [] : [['Answer', linesOf(command.answer)]],
      };
    case 'stop':
    case 'allocate conference':
    case 'release':
    case 'audit':
      return { kind, facts: [], descriptions: [] };
  }
}

function replyText(message: Extract<ControlMessage, { form: 'reply' }>): ControlText {
  const { reply, to: kind } = message;
  switch (reply.kind) {
    case 'reserved':
      return { kind, facts: [], descriptions: [['Description', linesOf(reply.description)]] };
    case 'conference allocated': {
      const { address, towardsA, towardsB } = reply.ports;
      return {
        kind,
        facts: [
          ['Address', address],
          ['Towards A', `audio ${towardsA.audio}, video ${towardsA.video}`],
          ['Towards B', `audio ${towardsB.audio}, video ${towardsB.video}`],
        ],
        descriptions: [],
      };
    }
    case 'done':
      return { kind, facts: [['Outcome', 'done']], descriptions: [] };
    case 'refused':
      return { kind, facts: [['Outcome', `refused: ${reply.why}`]], descriptions: [] };
  }
}
