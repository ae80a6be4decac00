/** The window's regions, in the order in which F6 goes through them. */
const regionSelector = '[data-region]';
const focusable =
  'a[href], button:not([disabled]), input:not([disabled]), [tabindex]:not([tabindex="-1"])';

/** Moves the focus to the next region that can be seen. */
export function cycleRegions(document: Document, to: 'next' | 'previous'): void {
  const regions = [...document.querySelectorAll<HTMLElement>(regionSelector)].filter(
    (region) => region.getClientRects().length > 0,
  );
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const start = at < 0 ? (to === 'next' ? -1 : 0) : at;
  for (let step = 1; step <= regions.length; step += 1) {
    const place = start + (to === 'next' ? step : -step);
    const region = regions.at(place % regions.length);
    if (region !== undefined && focusFirst(region)) return;
  }
}

/** The arrows are what the ladder is about: they come before the heads and the folds. */
const main = '.arrow[tabindex="0"]';

function focusFirst(region: HTMLElement): boolean {
  const arrow = region.querySelector<SVGElement>(main);
  if (arrow !== null) {
    arrow.focus();
    return true;
  }
  const first = [...region.querySelectorAll<HTMLElement | SVGElement>(focusable)].find(
    (element) => element.getClientRects().length > 0,
  );
  first?.focus();
  return first !== undefined;
}

/** From the inspector back to the arrow it is about; false if the focus was elsewhere. */
export function leaveInspector(document: Document): boolean {
  const inspector = document.querySelector('[data-region="inspector"]');
  if (inspector === null || !inspector.contains(document.activeElement)) return false;
  const arrow = document.querySelector<SVGElement>('.ladder .arrow[tabindex="0"]');
  arrow?.focus();
  return arrow !== null;
}

/** From an arrow to what the inspector says of it. */
export function enterInspector(document: Document): void {
  const inspector = document.querySelector<HTMLElement>('[data-region="inspector"]');
  if (inspector !== null) focusFirst(inspector);
}
