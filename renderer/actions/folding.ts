import type { NodeId, RecordNumber } from '../../sim-core/reading.ts';
import { ladderInputOf } from '../ladder/from-trace.ts';
import { recordOfArrow, type LadderScene } from '../ladder/ladder-scene.ts';
import { transactionFrom } from '../ladder/find-folds.ts';
import { groupsOf } from '../ladder/message-groups.ts';
import { foldGroup, foldTransaction, orderLifelines } from '../store/arrangement-edits.ts';
import { announce, selectRecord } from '../store/edits.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { nodeOf } from '../words/parties.ts';

/** What arranges the ladder: folds, and the order of the lifelines. */
export interface Folding {
  /** Folds the transaction of the selected message, or opens what was folded last. */
  foldOrUnfold(): void;
  foldSetUp(): void;
  /** Opens a folded row by its name. */
  open(fold: string): void;
  /** Moves a lifeline to another place in the row of those that are drawn. */
  moveLifeline(node: NodeId, place: number): void;
}

export function makeFolding(
  store: Store<RendererState>,
  traces: TraceStore,
  scene: LadderScene,
): Folding {
  function foldSelected(selected: RecordNumber): void {
    const arrow = scene.arranged().arrowOf(selected);
    const groups = traces.view(groupsOf);
    const whole = traces.view(ladderInputOf);
    const members =
      arrow === undefined ? [] : transactionFrom(recordOfArrow(arrow), whole, { groups });
    const first = members[0];
    if (first === undefined) {
      store.edit(announce('What is selected belongs to no transaction.'));
      return;
    }
    // A selection inside would open it again.
    store.edit(selectRecord(null));
    store.edit(foldTransaction(recordOfArrow(first.id), true));
    store.edit(announce(`Folded: ${first.text}, ${members.length} messages.`));
  }

  function open(fold: string): void {
    const [kind, ...rest] = fold.split(' ');
    if (kind === 'set-up') store.edit(foldGroup('setUp', false));
    else if (kind === 'trying') store.edit(foldGroup('trying', false));
    else if (kind === 'resent') store.edit(foldGroup('resent', false));
    else store.edit(foldTransaction(recordOfArrow(rest.join(' ')), false));
  }

  return {
    foldOrUnfold() {
      const { selected, arrangement } = store.state;
      if (selected !== null) {
        foldSelected(selected);
        return;
      }
      const last = arrangement.folds.transactions.at(-1);
      const shown = scene.input().folds.at(-1);
      if (last !== undefined) store.edit(foldTransaction(last, false));
      else if (shown !== undefined) open(shown.id);
      else store.edit(announce('Nothing is folded. Select a message to fold its transaction.'));
    },
    foldSetUp() {
      const { setUp } = scene.arranged();
      if (setUp === 'none') store.edit(announce('This call has no set-up apart from the rest.'));
      else {
        if (setUp === 'open' && isInSetUp()) store.edit(selectRecord(null));
        store.edit(foldGroup('setUp', setUp === 'open'));
      }
    },
    open,
    moveLifeline: (node, place) => moveLifeline(store, traces, scene, node, place),
  };

  function isInSetUp(): boolean {
    const { selected, arrangement } = store.state;
    const arrow = selected === null ? undefined : scene.arranged().arrowOf(selected);
    if (arrow === undefined) return false;
    const folded = scene.arrangedIf({
      ...arrangement,
      folds: { ...arrangement.folds, setUp: true },
    });
    return folded.foldOf.get(arrow) === 'set-up';
  }
}

function moveLifeline(
  store: Store<RendererState>,
  traces: TraceStore,
  scene: LadderScene,
  node: NodeId,
  place: number,
): void {
  const { lifelines } = scene.input();
  const shown = lifelines.filter(({ folded }) => !folded).map(({ id }) => id);
  const target = shown[place];
  const id = String(node);
  if (target === undefined || target === id) return;
  const others = lifelines.map((line) => line.id).filter((one) => one !== id);
  const isRightwards = place > shown.indexOf(id);
  others.splice(others.indexOf(target) + (isRightwards ? 1 : 0), 0, id);
  store.edit(orderLifelines(others.map((one) => Number(one) as NodeId)));
  const { header } = traces.trace;
  if (header !== null) {
    const { title } = nodeOf(header, node);
    store.edit(announce(`${title} is lifeline ${place + 1} of ${shown.length}.`));
  }
}

/** Whatever selects something inside a fold opens it: nobody selects what cannot be seen. */
export function openFoldsWithSelection(
  store: Store<RendererState>,
  scene: LadderScene,
  folding: Pick<Folding, 'open'>,
): void {
  let known: RecordNumber | null = null;
  store.subscribe(() => {
    const { selected, run } = store.state;
    if (run.kind !== 'ready' || selected === known) return;
    known = selected;
    if (selected === null) return;
    const { arrowOf, foldOf } = scene.arranged();
    const fold = foldOf.get(arrowOf(selected) ?? '');
    if (fold !== undefined) folding.open(fold);
  });
}
