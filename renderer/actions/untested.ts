import { coverOf, foldOut } from '../store/edits.ts';
import { isRoomy } from '../store/window-shape.ts';
import type { ActionParts } from './make-actions.ts';

/** Lists the library's clauses, those that nobody exercises first, and puts the focus there. */
export function showUntested({ store, redraw, window }: ActionParts): void {
  redraw(coverOf('library'));
  const { shape, flyout } = store.state;
  if (!isRoomy(shape) && flyout !== 'requirements') redraw(foldOut('requirements'));
  window.document.querySelector<HTMLElement>('.clause-list .clause')?.focus();
}
