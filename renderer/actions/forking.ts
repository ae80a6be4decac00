import type { RecordNumber } from '../../sim-core/reading.ts';
import { arrowsOf, messagesOf } from '../ladder/from-trace.ts';
import type { ScenarioRuns } from '../scenario-runs.ts';
import { commandOf } from '../store/command-line.ts';
import { announce, askFork, notify, showRunTab, whatIfOf } from '../store/edits.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { forked, pruned, redone, switched, undone, type WhatIf } from '../store/what-if.ts';
import { faultOf, type MessageFault } from '../words/message-fault.ts';

/** What makes a call go otherwise, and comes back from it. */
export interface Forking {
  /** Asks what is to become of the selected message; without one, shows what can be turned. */
  ask(): void;
  /** Loses the selected message. */
  drop(): void;
  message(record: RecordNumber, fault: MessageFault): void;
  set(path: string, value: string, says: string): void;
  choose(choice: number, value: string, says: string): void;
  show(id: number): void;
  prune(id: number): void;
  undo(): void;
  redo(): void;
  copyCommand(): void;
}

export function makeForking(
  store: Store<RendererState>,
  traces: TraceStore,
  runs: ScenarioRuns,
  window: Window,
): Forking {
  function become(next: WhatIf, says: string): void {
    if (next === whatIfOf(store.state)) return;
    runs.branch(next);
    store.edit(announce(says));
  }

  function selectedMessage(): RecordNumber | null {
    const { selected } = store.state;
    const { arrowOf, messageOf } = traces.view(arrowsOf);
    const message = selected === null ? undefined : messageOf.get(arrowOf.get(selected) ?? '');
    return message?.record ?? null;
  }

  function message(record: RecordNumber, fault: MessageFault): void {
    const { header } = traces.trace;
    const messages = traces.view(messagesOf);
    const found = messages.find((one) => one.record === record);
    if (header === null || found === undefined) return;
    const words = faultOf(found, messages, header, fault);
    if (words === null) {
      store.edit(notify('Media are streams: what befalls one message cannot befall them.'));
      return;
    }
    const change = { kind: 'fault', sentence: words.sentence } as const;
    become(forked(whatIfOf(store.state), change, words.says), `Forked: ${words.says}.`);
  }

  async function copy(line: string): Promise<void> {
    try {
      await window.navigator.clipboard.writeText(line);
      store.edit(announce('The command line is copied.'));
    } catch {
      store.edit(notify(`The command line could not be copied. It is ${line}`));
    }
  }

  return {
    ask() {
      const record = selectedMessage();
      store.edit(record === null ? showRunTab('what if') : askFork(record));
    },
    drop() {
      const record = selectedMessage();
      if (record !== null) message(record, { kind: 'drop' });
    },
    message,
    set(path, value, says) {
      const change = { kind: 'set', path, value } as const;
      become(forked(whatIfOf(store.state), change, says), `Forked: ${says}.`);
    },
    choose(choice, value, says) {
      const change = { kind: 'choice', choice, value } as const;
      become(forked(whatIfOf(store.state), change, says), `Forked: ${says}.`);
    },
    show: (id) => become(switched(whatIfOf(store.state), id), 'Another branch is shown.'),
    prune: (id) => become(pruned(whatIfOf(store.state), id), 'The branch is gone.'),
    undo: () => become(undone(whatIfOf(store.state)), 'Undone.'),
    redo: () => become(redone(whatIfOf(store.state)), 'Done again.'),
    copyCommand() {
      const line = commandOf(store.state);
      if (line !== null) void copy(line);
    },
  };
}
