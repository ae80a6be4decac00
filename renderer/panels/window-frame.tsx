import { useEffect, useState, type CSSProperties, type ReactElement, type ReactNode } from 'react';

import { laneInputOf } from '../lanes/from-trace.ts';
import { foldOut, notify, showBelow } from '../store/edits.ts';
import { isRoomy } from '../store/window-shape.ts';
import { BranchStrip } from './branch-strip.tsx';
import { ClausePanel } from './clause-panel.tsx';
import { ForkDialog } from './fork-dialog.tsx';
import { DraftOffer } from './draft-offer.tsx';
import { EditorPanel } from './editor-panel.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { Glossary } from './glossary.tsx';
import { IconButton } from './icons.tsx';
import { Inspector } from './inspector.tsx';
import { KeyHelp } from './key-help.tsx';
import { NothingShown } from './ladder-filter.tsx';
import { Following } from './ladder-following.tsx';
import { NoteField } from './ladder-note.tsx';
import { LadderTools } from './ladder-tools.tsx';
import { Ladder } from './ladder-view.tsx';
import { Lanes } from './lanes-view.tsx';
import { LessonPanel } from './lesson-panel.tsx';
import { MediaPathPanel } from './media-path.tsx';
import { Palette } from './palette.tsx';
import { ProblemPage } from './problem-page.tsx';
import { ClauseGridView } from './requirements/clause-grid-view.tsx';
import { ScenarioPanel } from './scenario-panel.tsx';
import { Splitter } from './splitter.tsx';
import { StepTable } from './step-table.tsx';
import { TwoRunsView } from './two-runs.tsx';
import { TimingMap } from './timing-map.tsx';
import { TopBar } from './top-bar.tsx';
import { VerdictStrip } from './verdict-strip.tsx';
import { Welcome } from './welcome.tsx';
import { useEdit, useParts, useRenderer, useTrace } from './window-parts.ts';

// The usual sizes are those of the style sheet, for a wide window and for any other.
const leftRange = { least: 200, usual: 240, most: 320 };
const rightRange = { least: 320, most: 560 };
const bottomRange = { least: 108, most: 420 };

/** The whole window. */
export function WindowFrame(): ReactElement {
  const shape = useRenderer((state) => state.shape);
  const sizes = useRenderer((state) => state.sizes);
  const subject = useRenderer(({ selected, clause }) => selected !== null || clause !== null);
  const mapping = useRenderer(({ centre }) => centre === 'timing map');
  const writing = useRenderer((state) => state.writing.open);
  const welcome = useRenderer(({ doors }) => doors.welcome);
  const roomy = isRoomy(shape);
  const classes = [
    'window',
    shape.width,
    `${shape.height}-height`,
    ...(subject || writing ? ['subject'] : []),
    ...(writing ? ['writing'] : []),
    ...(mapping ? ['mapping'] : []),
  ];
  const style: CSSProperties & Record<`--${string}`, string> = {};
  if (welcome) return <Doors />;
  if (roomy && sizes.left !== null) style['--left'] = `${sizes.left}px`;
  if (roomy && sizes.right !== null) style['--right'] = `${sizes.right}px`;
  if (roomy && sizes.bottom !== null) style['--bottom'] = `${sizes.bottom}px`;
  return (
    <div className={classes.join(' ')} style={style}>
      <TopBar />
      {mapping ? (
        <TimingMap />
      ) : (
        <>
          <VerdictStrip />
          {roomy ? <LeftPanel /> : <Rail />}
          <Centre />
          {writing ? <EditorPanel /> : <Inspector />}
          <Below />
        </>
      )}
      {roomy ? <Splitters /> : null}
      <Patterns />
      <KeyHelp />
      <Glossary />
      <ExportDialog />
      <ForkDialog />
      <Palette />
      <Notice />
      <DraftOffer />
      <Announcements />
      <DropFiles />
    </div>
  );
}

/** The window before anything is open. */
function Doors(): ReactElement {
  return (
    <div className="window doors-window">
      <TopBar />
      <Welcome />
      <Patterns />
      <KeyHelp />
      <Glossary />
      <Notice />
      <DraftOffer />
      <Announcements />
      <DropFiles />
    </div>
  );
}

function Splitters(): ReactElement {
  const wide = useRenderer((state) => state.shape.width === 'wide');
  const right = { ...rightRange, usual: wide ? 440 : 384 };
  const bottom = { ...bottomRange, usual: wide ? 240 : 188 };
  return (
    <div role="region" aria-label="Sizes of the panels">
      <Splitter panel="left" says="Width of the scenarios" range={leftRange} grows="right" />
      <Splitter panel="right" says="Width of the inspector" range={right} grows="left" />
      <Splitter panel="bottom" says="Height of the lanes" range={bottom} grows="up" />
    </div>
  );
}

function LeftPanel(): ReactElement {
  return (
    <div className="left-panel">
      <ScenarioPanel />
      <ClausePanel />
    </div>
  );
}

/** The left panel of a narrow window: two signs with what they fold out. */
function Rail(): ReactElement {
  const edit = useEdit();
  const flyout = useRenderer((state) => state.flyout);
  return (
    <nav className="rail-panel" data-region="panels" aria-label="Panels">
      <IconButton
        icon="list"
        says="Scenarios"
        pressed={flyout === 'scenarios'}
        onPress={() => edit(foldOut('scenarios'))}
      />
      <IconButton
        icon="check"
        says="Requirements"
        pressed={flyout === 'requirements'}
        onPress={() => edit(foldOut('requirements'))}
      />
      {flyout === null ? null : (
        <div className="flyout">{flyout === 'scenarios' ? <ScenarioPanel /> : <ClausePanel />}</div>
      )}
    </nav>
  );
}

function Centre(): ReactElement {
  const centre = useRenderer((state) => state.centre);
  return (
    <main className="centre">
      <BranchStrip />
      {centre === 'matrix' ? <ClauseGridView /> : <CallShown />}
    </main>
  );
}

/** The call, as ladder or table, with what changes how it is shown. */
function CallShown(): ReactElement {
  const centre = useRenderer((state) => state.centre);
  const phase = useRenderer((state) => state.run.kind);
  return (
    <>
      <LadderTools />
      {phase === 'problems' || phase === 'failed' ? (
        <ProblemPage />
      ) : centre === 'table' ? (
        <StepTable />
      ) : centre === 'two runs' ? (
        <TwoRunsView />
      ) : (
        <div className="ladder-holder" data-region="ladder">
          <Ladder />
          <Following />
          <LessonPanel />
          <Invitation />
          <NothingShown />
          <NoteField />
        </div>
      )}
    </>
  );
}

/** What to do with a window that shows nothing yet. */
function Invitation(): ReactElement | null {
  const phase = useRenderer((state) => state.run.kind);
  const first = useRenderer((state) => state.scenarios[0]);
  const { actions } = useParts();
  if (phase !== 'nothing') return null;
  return (
    <div className="invitation">
      <p>Choose a scenario, drop one on this window, or open a file.</p>
      <button type="button" className="solid-button" onClick={() => actions.do('open a file')}>
        Open a file
      </button>
      {first === undefined ? null : (
        <button
          type="button"
          className="outlined-button"
          onClick={() => actions.openScenario(first.key)}
        >
          Show {first.title}
        </button>
      )}
    </div>
  );
}

const tabs = [
  ['lanes', 'Hears and sees'],
  ['ports', 'Ports'],
  ['media path', 'Media path'],
] as const;

/** From this height on there is room for the lanes of every port, px. */
const rowsForAll = 220;

/** Lanes and media path, side by side or, where there is no room, behind tabs. */
function Below(): ReactElement {
  const shape = useRenderer((state) => state.shape);
  const edit = useEdit();
  const below = useRenderer((state) => state.below);
  const bottom = useRenderer(({ sizes }) => sizes.bottom);
  if (shape.height === 'lowest') return <MeasuredLine />;
  if (isRoomy(shape)) {
    const tall = bottom !== null && bottom >= rowsForAll;
    const rows = shape.width === 'wide' || tall ? 'all' : 'parties and audio ports';
    return (
      <div className="below">
        <section className="hears" data-region="lanes" aria-label="What each party hears and sees">
          <h2 className="panel-heading">What each party hears and sees</h2>
          <Lanes rows={shape.height === 'regular' ? rows : 'parties'} />
        </section>
        <MediaPathPanel />
      </div>
    );
  }
  const content: Readonly<Record<typeof below, ReactNode>> = {
    lanes: <Lanes rows="parties" />,
    ports: <Lanes rows="ports" />,
    'media path': <MediaPathPanel />,
  };
  return (
    <section className="below tabbed" data-region="lanes" aria-label="Media">
      <div className="below-tabs" role="tablist" aria-label="Media">
        {tabs.map(([id, says]) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`below-${id.replace(' ', '-')}`}
            aria-selected={below === id}
            aria-controls="below-panel"
            onClick={() => edit(showBelow(id))}
          >
            {says}
          </button>
        ))}
      </div>
      <div
        className="below-content"
        id="below-panel"
        role="tabpanel"
        aria-labelledby={`below-${below.replace(' ', '-')}`}
      >
        {content[below]}
      </div>
    </section>
  );
}

/** Fills that the drawings share by name. */
function Patterns(): ReactElement {
  return (
    <svg className="only-heard" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern
          id="hatch"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect className="hatch-ground" width="5" height="5" />
          <rect className="hatch-line" width="1.6" height="5" />
        </pattern>
      </defs>
    </svg>
  );
}

/** What is left of the lanes in a very low window: what was measured. */
function MeasuredLine(): ReactElement {
  const { measures } = useTrace(laneInputOf);
  return (
    <section className="below below-line" aria-label="What each party hears and sees">
      <h2>Hears and sees</h2>
      {measures.map(({ text }) => (
        <span key={text}>{text}</span>
      ))}
    </section>
  );
}

/** What went wrong beside the run, until it is put away. */
function Notice(): ReactElement | null {
  const edit = useEdit();
  const notice = useRenderer((state) => state.notice);
  if (notice === null) return null;
  return (
    <div className="notice" role="alert">
      <p>{notice}</p>
      <IconButton
        icon="close"
        says="Put away"
        keys="Esc"
        className="small"
        onPress={() => edit(notify(null))}
      />
    </div>
  );
}

function Announcements(): ReactElement {
  const sentence = useRenderer((state) => state.announcement);
  return (
    <p className="only-heard" aria-live="polite">
      {sentence}
    </p>
  );
}

/** A scenario file may be dropped anywhere on the window. */
function DropFiles(): ReactElement | null {
  const { actions } = useParts();
  const [over, setOver] = useState(false);
  useEffect(() => {
    function drag(event: DragEvent): void {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      setOver(true);
    }
    function leave(event: DragEvent): void {
      if (event.relatedTarget === null) setOver(false);
    }
    function drop(event: DragEvent): void {
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      setOver(false);
      actions.openDropped(file);
    }
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [actions]);
  return over ? <div className="drop-here">Drop a scenario to open it</div> : null;
}
