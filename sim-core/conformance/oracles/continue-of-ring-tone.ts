import { commandsFor } from './application-server-state.ts';
import { isSuccess, type CallPicture, type CommandPassage } from './call-picture.ts';
import { hasArrived } from './call-watch.ts';
import {
  instant,
  missing,
  notExercised,
  satisfied,
  violated,
  type Judgement,
} from './judgement.ts';

/**
 * CON-CMRT-01: the text has no procedure for a ring tone that goes on (GAP-34). So it ends with
 * the answer, unless SW-CMRT-CONT wants a flow that was derived; and then it is Client-B's alone.
 */
export function judgeContinueOfRingTone(call: CallPicture): Judgement {
  const [play] = commandsFor(call, 'Client-B', 'play');
  if (play === undefined) return notExercised('No ring tone was playing.');
  const { finalB } = call;
  if (!hasArrived(finalB) || !isSuccess(finalB)) return notExercised('No call was answered.');
  const flow = call.header.switches['SW-CMRT-CONT'] ?? 'off';
  const mix = mixOfRingTone(call);
  const [stop] = commandsFor(call, 'Client-B', 'stop');
  if (mix !== null) {
    const left = `The ring tone was mixed into the call at ${instant(mix.sent)}`;
    if (flow === 'off') return violated(`${left}, and no text says how (GAP-34).`, finalB, mix);
    const strays = cellsOfRing(call, mix).some((cell) => cell.output !== nameOf(call, 'B'));
    if (strays) return violated(`${left}, and not for Client-B alone.`, finalB, mix);
    return satisfied(`${left}, for Client-B alone: derived, not standardised.`, finalB, mix);
  }
  if (flow !== 'off') return notExercised('The ring tone was not to go on, or could not.');
  if (stop === undefined) {
    const says = "The ring tone was not stopped after Client-B's answer";
    return missing(call, finalB.received, says, play, finalB);
  }
  const says = `The ring tone was stopped at ${instant(stop.sent)}: no text has it go on (GAP-34).`;
  return satisfied(says, finalB, stop);
}

/** The command that mixes the ring tone into the call, or null. */
export function mixOfRingTone(call: CallPicture): CommandPassage | null {
  const mixes = commandsFor(call, 'Client-B', 'mix');
  return mixes.find((one) => cellsOfRing(call, one).length > 0) ?? null;
}

function cellsOfRing(call: CallPicture, { packet: { command } }: CommandPassage) {
  const [reserve] = commandsFor(call, 'Client-B', 'reserve');
  const asked = reserve?.packet.command;
  if (command.kind !== 'mix' || asked?.kind !== 'reserve') return [];
  return command.cells.filter(({ input }) => input === asked.resource);
}

function nameOf({ watch }: CallPicture, party: 'A' | 'B'): string {
  return watch.parties[party]?.name ?? '';
}
