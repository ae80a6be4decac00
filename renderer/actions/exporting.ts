import { viewMessages, type RecordNumber, type Run } from '../../sim-core/reading.ts';
import type { Authoring } from '../authoring/client.ts';
import type { Figure, FigureWords } from '../export/figure.ts';
import { exportFormats, type ExportFormat, type ExportScope } from '../export/formats.ts';
import type { HostBridge } from '../host/host-bridge.ts';
import { evidenceOf, litArrows } from '../ladder/evidence.ts';
import { recordOfArrow, type LadderScene } from '../ladder/ladder-scene.ts';
import { announce, notify, whatIfOf, type Edit } from '../store/edits.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { branchOf } from '../store/what-if.ts';

/** Writes the run out for documents and other tools. */
export interface Exporting {
  /** Into a file the person names. */
  save(format: ExportFormat, scope: ExportScope): void;
  /** To the clipboard; for the formats that are text. */
  copy(format: ExportFormat, scope: ExportScope): void;
  /** Whether something is selected or lit. */
  hasSelection(): boolean;
  /** Pages for paper, for whoever prints the window. */
  layOutForPaper(): Promise<void>;
}

export interface ExportingParts {
  readonly store: Store<RendererState>;
  readonly traces: TraceStore;
  readonly scene: LadderScene;
  readonly host: HostBridge;
  readonly authoring: Authoring;
  readonly window: Window;
  /** Edits the state and draws at once what follows from it. */
  readonly redraw: (edit: Edit) => void;
}

export function makeExporting(parts: ExportingParts): Exporting {
  const { store, host, window } = parts;

  async function contents(format: ExportFormat, scope: ExportScope): Promise<Uint8Array> {
    const made = await makeContents(parts, format, scope);
    return typeof made === 'string' ? new TextEncoder().encode(made) : made;
  }

  async function save(format: ExportFormat, scope: ExportScope): Promise<void> {
    const name = fileNameOf(store.state, format);
    const written =
      format === 'pdf'
        ? await layOut(parts).then(() => host.printPage(name))
        : await host.exportFile(name, await contents(format, scope));
    if (written === 'saved' && format !== 'pdf') store.edit(announce(`${name} is saved.`));
  }

  async function copy(format: ExportFormat, scope: ExportScope): Promise<void> {
    const text = new TextDecoder().decode(await contents(format, scope));
    try {
      await window.navigator.clipboard.writeText(text);
    } catch {
      throw new Error('This page may not write to the clipboard; save a file instead.');
    }
    store.edit(announce('It is copied.'));
  }

  /** What a person should read of a failure, as it stands. */
  function attempt(deed: Promise<void>): void {
    deed.catch((error: unknown) => {
      store.edit(notify(error instanceof Error ? error.message : String(error)));
    });
  }

  return {
    save: (format, scope) => attempt(save(format, scope)),
    copy: (format, scope) => attempt(copy(format, scope)),
    hasSelection: () => chosenArrows(parts, 'selection').length > 0,
    layOutForPaper: () => layOut(parts),
  };
}

function fileNameOf({ scenarios, open }: RendererState, format: ExportFormat): string {
  const name = scenarios.find(({ key }) => key === open)?.fileName ?? 'run';
  const ending = exportFormats.find((one) => one.format === format)?.ending ?? format;
  return `${name.replace(/(\.cmr)?\.(ya?ml|json)$/, '')}.${ending}`;
}

/** The code that writes is loaded when somebody first exports. */
async function makeContents(
  parts: ExportingParts,
  format: ExportFormat,
  scope: ExportScope,
): Promise<string | Uint8Array> {
  const { store, authoring, window } = parts;
  switch (format) {
    case 'svg': {
      const { svgText } = await import('../export/figure.ts');
      return svgText(await makeFigure(parts, scope));
    }
    case 'png': {
      const { fontsInside, pngOf } = await import('../export/picture.ts');
      const fonts = await fontsInside(window.document);
      return pngOf(await makeFigure(parts, scope), fonts);
    }
    case 'html':
      return makePage(parts);
    case 'pcapng':
      return (await import('../export/write-texts.ts')).captureOf(runOf(parts));
    case 'cmrrun': {
      const { scenarios, open, seed } = store.state;
      const entry = scenarios.find(({ key }) => key === open);
      if (entry === undefined) throw new Error('Nothing is open.');
      const { settings, faults, choices } = branchOf(whatIfOf(store.state)).changes;
      const { fileName: name, text } = entry;
      return authoring.ask('pack', { name, text, seed, settings, faults, choices });
    }
    case 'pdf':
      throw new Error('pages are printed, not written');
    default: {
      const { textOf } = await import('../export/write-texts.ts');
      const file = store.state.scenarios.find(({ key }) => key === store.state.open);
      return textOf(format, runOf(parts), chosenRecords(parts, scope), file?.fileName ?? 'run');
    }
  }
}

/** The finished run. */
function runOf({ traces }: ExportingParts): Run {
  const { header, records, end } = traces.trace;
  if (header === null || end === null) throw new Error('There is no finished run to export.');
  return { header, records, ...end };
}

function wordsOf(parts: ExportingParts): FigureWords {
  const { header, fingerprint } = runOf(parts);
  const inputs = `seed ${header.seed}, profile ${header.profile}`;
  const footer = `${inputs}, fingerprint ${fingerprint}, Ringscope ${header.engine}`;
  return { title: header.title, footer };
}

/** The arrows that a part of the run consists of. */
function chosenArrows(
  { store, traces, scene }: ExportingParts,
  scope: Exclude<ExportScope, 'all'>,
): ReturnType<LadderScene['layout']>['arrows'] {
  const { arrows } = scene.layout();
  const { clause, selected, ladderSize } = store.state;
  if (scope === 'shown') {
    const { scrollY } = scene.scroll();
    return arrows.filter(({ y1, y2 }) => y2 >= scrollY && y1 <= scrollY + ladderSize.height);
  }
  const { arrowOf } = scene.arranged();
  const lit = new Set(litArrows(evidenceOf(traces.trace, clause), arrowOf));
  const one = selected === null ? undefined : arrowOf(selected);
  return arrows.filter(({ id }) => (clause === null ? id === one : lit.has(id)));
}

function chosenRecords(
  parts: ExportingParts,
  scope: ExportScope,
): ReadonlySet<RecordNumber> | null {
  if (scope === 'all') return null;
  return new Set(chosenArrows(parts, scope).map(({ id }) => recordOfArrow(id)));
}

/** Room above and below what a figure of a selection is about, px. */
const roomAround = 32;

async function makeFigure(parts: ExportingParts, scope: ExportScope): Promise<Figure> {
  const { figureOf } = await import('../export/figure.ts');
  const { document } = parts.window;
  if (scope === 'shown') return figureOf(document, wordsOf(parts), null);
  const spans = scope === 'all' ? [] : chosenArrows(parts, scope);
  const top = Math.min(...spans.map(({ y1 }) => y1)) - roomAround;
  const bottom = Math.max(...spans.map(({ y2 }) => y2)) + roomAround;
  const span = spans.length === 0 ? null : { top, bottom };
  const look = scope === 'all' ? 'played' : 'as it is';
  const without = scope === 'all' ? ['playhead'] : [];
  return wholeLadder(parts, look, () => figureOf(document, wordsOf(parts), span, without));
}

/** Higher than this nobody reads a ladder in one piece, px. */
const heightMost = 60_000;

/**
 * Draws all of the ladder for a moment, too short to be seen, and does something with it.
 * @param look `played`: as at the end of the run; `on paper`: that, and in the light theme
 */
function wholeLadder<Result>(
  { store, scene, redraw }: ExportingParts,
  look: 'as it is' | 'played' | 'on paper',
  deed: (height: number) => Result,
): Result {
  const { ladderSize, ladder, playhead, playing, theme } = store.state;
  const { width, height, endMicros } = scene.layout();
  if (height > heightMost) {
    throw new Error('This ladder is too long for one figure: zoom out, or export what is shown.');
  }
  redraw((draft) => {
    draft.ladderSize = {
      width: Math.max(width, ladderSize.width),
      height: Math.max(height, ladderSize.height),
    };
    draft.ladder.scrollX = 0;
    draft.ladder.scrollY = 0;
    draft.playing = false;
    if (look !== 'as it is') draft.playhead = endMicros as typeof playhead;
    if (look === 'on paper') draft.theme = 'light';
  });
  try {
    return deed(Math.max(height, ladderSize.height));
  } finally {
    redraw((draft) => {
      draft.ladderSize = ladderSize;
      draft.ladder.scrollX = ladder.scrollX;
      draft.ladder.scrollY = ladder.scrollY;
      draft.playhead = playhead;
      draft.playing = playing;
      draft.theme = theme;
    });
  }
}

async function makePage(parts: ExportingParts): Promise<string> {
  const { scrubPage } = await import('../export/scrub-page.ts');
  const { scrubWords } = await import('../export/scrub-data.ts');
  const { figureOf, svgText } = await import('../export/figure.ts');
  const run = runOf(parts);
  const words = wordsOf(parts);
  return wholeLadder(parts, 'on paper', (height) => {
    const figure = figureOf(parts.window.document, words, null, ['playhead']);
    const { heights, endMicros } = parts.scene.layout();
    const { micros, heights: knots, slopes } = heights;
    return scrubPage({
      ...words,
      ...scrubWords(run, viewMessages(run.header, run.records)),
      svg: svgText(figure).replace(/^<\?xml[^>]*\?>\n/, ''),
      width: figure.width,
      top: figure.ladderTop,
      bottom: figure.ladderTop + height,
      heights: { micros, heights: knots, slopes },
      endMicros,
    });
  });
}

async function layOut(parts: ExportingParts): Promise<void> {
  const { layOutForPaper } = await import('../export/print-sheet.ts');
  wholeLadder(parts, 'on paper', (height) =>
    layOutForPaper(parts.window.document, wordsOf(parts), height),
  );
}
