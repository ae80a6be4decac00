import { findMessages, wireTexts } from '../ladder/find-messages.ts';
import { readQuery } from '../ladder/find-query.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { recordOfArrow, type LadderScene } from '../ladder/ladder-scene.ts';
import type { MessageId } from '../ladder/layout/ladder-input.ts';
import { clausesByArrow } from '../ladder/message-groups.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { TraceStore } from '../store/trace-store.ts';
import type { Selecting } from './selecting.ts';

/** What looks for messages in the ladder. */
export interface FindingMessages {
  /** The messages that what is looked for is true of, in the order of sending. */
  hits(): readonly MessageId[];
  /** Selects the hit after the selection, or before it, from the other end where there is none. */
  walk(to: 'next' | 'previous'): void;
}

export function makeFindingMessages(
  store: Store<RendererState>,
  traces: TraceStore,
  scene: LadderScene,
  selecting: Selecting,
): FindingMessages {
  let known: { readonly of: readonly unknown[]; readonly hits: readonly MessageId[] } | null = null;

  function hits(): readonly MessageId[] {
    const { find } = store.state;
    if (find === null) return none;
    const { messages } = scene.input();
    if (known?.of[0] === find && known.of[1] === messages) return known.hits;
    const query = readQuery(find);
    const found =
      query.kind === 'problem'
        ? none
        : findMessages(messages, query.terms, {
            messageOf: traces.view(arrowsOf).messageOf,
            clausesOf: traces.view(clausesByArrow),
            wireOf: traces.view(wireTexts),
          });
    known = { of: [find, messages], hits: found };
    return found;
  }

  return {
    hits,
    walk(to) {
      const found = hits();
      const { selected } = store.state;
      const arrow = selected === null ? undefined : scene.arranged().arrowOf(selected);
      const at = found.indexOf(arrow ?? '');
      const after = to === 'next' ? at + 1 : at < 0 ? -1 : at - 1;
      const hit = found.at(after % Math.max(1, found.length));
      if (hit !== undefined) selecting.select(recordOfArrow(hit));
    },
  };
}

const none: readonly MessageId[] = [];
