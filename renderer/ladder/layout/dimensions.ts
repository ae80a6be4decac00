// The constants of the ladder's geometry, in CSS px, milliseconds and px per millisecond.

/** Width of the time ruler at the left edge, px. */
export const RULER = 60;
/** From the ruler to the first lifeline, px. */
export const LEFT = 92;
/** The same in a narrow window, where the state words are left out, px. */
export const LEFT_NARROW = 50;
/** From the last lifeline to the minimap, px. */
export const RIGHT = 84;
/** Width of the minimap at the right edge, px. */
export const MINI = 26;

/** Least distance of neighbouring lifelines; below it the content scrolls sideways, px. */
export const GAP_LEAST = 150;
/** Most distance of neighbouring lifelines; above it they stay left-aligned, px. */
export const GAP_MOST = 260;

/** Height of every label, px. */
export const LABEL_HEIGHT = 15;
/** A label keeps this far from the lifeline it is beside, px. */
export const LABEL_PAD = 10;
/** Labels stand at multiples of this along the shaft, px. */
export const STATION = 19;
/** Between the parts of a label, px. */
export const PART_GAP = 5;
/** Width of a step badge of one digit, px. */
export const BADGE = 17;
/** Width of a step badge of two digits or more, px. */
export const BADGE_WIDE = 21;
/** A tag is this much wider than its text, px. */
export const TAG_PADDING = 8;
/** Size of label text, px; text is 500 and notes are 400 in weight. */
export const LABEL_TEXT_PX = 12;

/** Arrow ends keep this far from the lifeline, px. */
export const ATTACH = 4;
/** Width and height of the loop of a message a party sends to itself, px. */
export const LOOP_WIDTH = 26;
export const LOOP_HEIGHT = 14;
/** A lifeline breaks this far to each side of a message that passes it, px. */
export const BRIDGE = 5;
/** Distance of the strands of a mixed stream, px. */
export const STRAND = 3.2;

/** Height of a time cut, px. */
export const CUT_HEIGHT = 34;
/** Pauses at least this long are cut, µs. */
export const CUT_AFTER_MICROS = 600_000;
/** Kept of the pause before and after the cut, px. */
export const KEEP_AFTER = 6;
export const KEEP_BEFORE = 18;
/** A pause drawn shorter than this needs no cut, px. */
export const CUT_LEAST = 2 * CUT_HEIGHT;

/** Least and most scale of the Time axis, px per ms. */
export const SCALE_LEAST = 0.08;
export const SCALE_MOST = 4;
/** Least distance of ruler ticks, px. */
export const TICK_LEAST = 30;

/** Height of the first instant on the Time axis, and the margin below the last, px. */
export const TIME_TOP = 19;
export const BOTTOM = 8;
/** The Rows axis starts here; its first row is ROW_LEAD further down, px. */
export const ROWS_TOP = 4;
export const ROW_LEAD = 14;
/** Least and most height of a row, px. */
export const ROW_LEAST = 18;
export const ROW_MOST = 24;
/** Rows lower than this have flat shafts, px. */
export const ROW_SLOPED = 20;
/** Slope of a shaft in Rows, px per ms of latency. */
export const ROW_SLOPE = 0.05;

/** Height of a folded group, px. */
export const FOLD = 30;

/** State bands: one leg; one of two legs and its distance from the lifeline; pending; px. */
export const BAND = 6;
export const BAND_OF_TWO = 4;
export const BAND_OFFSET = 2.5;
export const BAND_PENDING = 2;
export const BAND_HEIGHT_LEAST = 2;
/** Distance of a timer's bracket from its lifeline, px. */
export const TIMER_OFFSET = 9;
/** Least distance of words in a side column, px. */
export const WORD_STEP = 14;
/** Width of a perception rail, px. */
export const RAIL = 5;

/** The zig-zag of a hidden hop, px across and along its shaft. */
export const ZIGZAG = 6;

/** A message without a simulated drop point ends at this share of its way. */
export const LOSS_AT = 0.62;
/** Labels that find no room move down by this, at most so many times, px. */
export const LABEL_MOVE = 8;
export const LABEL_MOVES_MOST = 6;
