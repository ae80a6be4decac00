/** How much room there is: the widths and heights at which the window is laid out anew. */
export interface WindowShape {
  readonly width: 'wide' | 'regular' | 'narrow' | 'sheet' | 'single';
  readonly height: 'regular' | 'low' | 'lowest';
}

/** The shape of a window of that size, px. */
export function shapeOf(width: number, height: number): WindowShape {
  return {
    width: widthOf(width),
    height: height >= 760 ? 'regular' : height >= 620 ? 'low' : 'lowest',
  };
}

function widthOf(width: number): WindowShape['width'] {
  if (width >= 1680) return 'wide';
  if (width >= 1280) return 'regular';
  if (width >= 1000) return 'narrow';
  return width >= 700 ? 'sheet' : 'single';
}

/** Whether everything has its own place: no rail, no tabs, no sheet. */
export function isRoomy({ width }: WindowShape): boolean {
  return width === 'wide' || width === 'regular';
}

/** Whether there is only room for one thing beside the ladder, which is then shown in Rows. */
export function isSheet({ width }: WindowShape): boolean {
  return width === 'sheet' || width === 'single';
}
