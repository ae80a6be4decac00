import { useEffect } from 'react';

import type { Micros } from '../../sim-core/reading.ts';
import { drawSpan } from '../ladder/draw/draw-dimension.ts';
import { drawAim } from '../ladder/draw/draw-ghosts.ts';
import type { LadderGroups } from '../ladder/draw/ladder-groups.ts';
import { pointAtLadder, type LadderPointing } from '../ladder/draw/pointing.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { recordOfArrow } from '../ladder/ladder-scene.ts';
import type { MessageId } from '../ladder/layout/ladder-input.ts';
import { heightAt } from '../ladder/layout/height-map.ts';
import { clampScroll } from '../ladder/layout/zoom.ts';
import {
  follow,
  hoverRecord,
  movePlayhead,
  scrollLadder,
  scrubTo,
  selectRecord,
} from '../store/edits.ts';
import { measureTo } from '../store/marking-edits.ts';
import { enterInspector } from './regions.ts';
import type { WindowActions } from './window-actions.ts';
import { useParts, type WindowParts } from './window-parts.ts';

/** Lets pointers and keys work on the ladder's element. */
export function usePointing(
  svg: React.RefObject<SVGSVGElement | null>,
  groups: LadderGroups | null,
): void {
  const parts = useParts();
  useEffect(() => {
    const element = svg.current;
    if (element === null) return undefined;
    const end = pointAtLadder(element, parts.scene, {
      ...choosing(parts),
      ...moving(parts),
      ...delaying(parts, groups),
      span(edges) {
        if (groups !== null) drawSpan(groups, parts.scene.layout(), edges);
      },
    });
    const key = (event: KeyboardEvent): void => pressKey(event, parts.actions);
    element.addEventListener('keydown', key);
    return () => {
      end();
      element.removeEventListener('keydown', key);
    };
  }, [svg, groups, parts]);
}

/** What a pointer chooses. */
function choosing({
  store,
  scene,
  actions,
}: WindowParts): Pick<LadderPointing, 'hover' | 'choose' | 'ask'> {
  function goToSending(message: MessageId): void {
    const arrow = scene.layout().arrows.find(({ id }) => id === message);
    if (arrow !== undefined) store.edit(movePlayhead(arrow.sentMicros as Micros));
  }
  return {
    hover: (hit) =>
      store.edit(hoverRecord(hit?.kind === 'message' ? recordOfArrow(hit.message) : null)),
    choose(hit, how) {
      if (hit.kind === 'message') {
        if (how === 'twice') goToSending(hit.message);
        else if (how === 'once') actions.select(recordOfArrow(hit.message));
        else store.edit(measureTo(recordOfArrow(hit.message)));
      } else if (hit.kind === 'fold') actions.openFold(hit.fold);
      else if (hit.kind === 'empty' && how === 'once') store.edit(selectRecord(null));
    },
    ask(hit) {
      if (hit.kind !== 'message') return;
      actions.select(recordOfArrow(hit.message));
      actions.do('fork here');
    },
  };
}

/** What a pointer moves: the playhead and the part of the ladder that is seen. */
function moving({
  store,
  scene,
  actions,
}: WindowParts): Pick<LadderPointing, 'scrub' | 'lookAt' | 'scrollBy' | 'zoom' | 'zoomTo'> {
  return {
    zoomTo: (fromMicros, toMicros) => actions.zoomTo(fromMicros, toMicros),
    lookAt(micros) {
      const layout = scene.layout();
      const { scrollX } = scene.scroll();
      const { height } = scene.size;
      // Of a call that is seen whole there is nothing more to look at.
      if (layout.height <= height) store.edit(scrubTo(micros));
      else {
        const y = heightAt(layout.heights, micros) - height / 2;
        store.edit(follow(false));
        store.edit(scrollLadder(scrollX, clampScroll(y, layout.height, height)));
      }
    },
    scrub: (micros) => store.edit(scrubTo(micros)),
    scrollBy(x, y) {
      const { scrollX, scrollY } = scene.scroll();
      const { width, height } = scene.layout();
      const { size } = scene;
      if (store.state.following) store.edit(follow(false));
      store.edit(
        scrollLadder(
          clampScroll(scrollX + x, width, size.width),
          clampScroll(scrollY + y, height, size.height),
        ),
      );
    },
    zoom: (factor, y) => actions.zoomAbout(factor, y),
  };
}

/** What dragging an arrowhead does: another branch, in which the message takes longer. */
function delaying(
  { scene, traces, actions }: WindowParts,
  groups: LadderGroups | null,
): Pick<LadderPointing, 'aim' | 'delay'> {
  return {
    aim(message, micros) {
      if (groups !== null) drawAim(groups, scene.layout(), message, micros);
    },
    delay(message, micros) {
      const shown = traces.view(arrowsOf).messageOf.get(message);
      // To whole milliseconds, for nobody drags finer; a message cannot come sooner.
      const by = Math.round((micros - (shown?.arrivesAt ?? micros)) / 1_000) * 1_000;
      if (by > 0) {
        actions.forkMessage(recordOfArrow(message), { kind: 'delay', by: by as Micros });
      }
    },
  };
}

/** Enter goes from an arrow to the inspector; Enter, Space and Z open a fold. */
function pressKey(event: KeyboardEvent, actions: WindowActions): void {
  if (!(event.target instanceof Element) || event.ctrlKey || event.altKey) return;
  const fold = event.target.closest('.fold')?.getAttribute('data-fold');
  if (fold !== null && fold !== undefined && /^(Enter| |z)$/iu.test(event.key)) {
    event.preventDefault();
    event.stopPropagation();
    actions.openFold(fold);
    return;
  }
  const message = event.target.closest('.arrow')?.getAttribute('data-message');
  if (message === null || message === undefined || event.key !== 'Enter') return;
  event.preventDefault();
  actions.select(recordOfArrow(message));
  enterInspector(document);
}
