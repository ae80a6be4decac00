import type { TraceView } from '../store/trace-store.ts';
import type { ColourMode } from '../store/arrangement.ts';
import { hue } from '../words/hues.ts';
import type { Leg, MediaSource, MessageId } from './layout/ladder-input.ts';
import { blameOf, groupsOf } from './message-groups.ts';

/** The classes that give an arrow its hue; `owner` is whose it is. */
export type Colouring = (message: MessageId, owner: Leg | MediaSource) => string;

/** How many tones of one hue can be told apart. */
const tones = 3;

/**
 * A hue says whose a message is, in every mode: dialogs and transactions of one leg are tones of
 * its hue. By verdict, hue is for what is found fault with alone.
 */
export function colouringOf(mode: ColourMode, view: <T>(of: TraceView<T>) => T): Colouring {
  switch (mode) {
    case 'leg':
      return (_message, owner) => hue(owner);
    case 'dialog':
    case 'transaction': {
      const groups = view(groupsOf);
      return (message, owner) => {
        const group = groups.get(message);
        const number = mode === 'dialog' ? group?.dialogNumber : group?.transactionNumber;
        return `${hue(owner)} tone-${(number ?? 0) % tones}`;
      };
    }
    case 'verdict': {
      const blames = view(blameOf);
      return (message) => `verdict-${blames.get(message) ?? 'none'}`;
    }
  }
}
