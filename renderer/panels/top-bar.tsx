import type { ReactElement } from 'react';

import { micros } from '../../sim-core/reading.ts';
import { eventsOf } from '../ladder/from-trace.ts';
import { firstFrom } from '../ladder/layout/marks.ts';
import { chooseTheme, setSpeed } from '../store/edits.ts';
import { speedLeast, speedMost } from '../store/renderer-state.ts';
import type { ThemeChoice } from '../store/shown-theme.ts';
import { keyHint, type KeyAction } from '../words/keys.ts';
import { clockText, countText, speedText } from '../words/times.ts';
import { Icon, IconButton, Mark, type IconName } from './icons.tsx';
import { UnsavedMark } from './unsaved-mark.tsx';
import { useEdit, useParts, useRenderer, useTrace } from './window-parts.ts';

export function TopBar(): ReactElement {
  const { actions } = useParts();
  const welcome = useRenderer(({ doors }) => doors.welcome);
  return (
    <header className="top-bar" data-region="top bar">
      <button
        type="button"
        className="brand"
        title="Where to begin"
        onClick={() => actions.doors.welcome()}
      >
        <Mark />
        <span>Ringscope</span>
      </button>
      {welcome ? null : <OfTheRun />}
      <div className="spring" />
      <button
        type="button"
        className="go-to"
        title={`Go to anything (${keyHint('go to anything')})`}
        onClick={() => actions.do('go to anything')}
      >
        <Icon name="search" />
        <span>Message, clause, gap…</span>
        <kbd>{keyHint('go to anything')}</kbd>
      </button>
      <div className="top-tail">
        {welcome ? null : (
          <IconButton
            icon="write"
            says="Text of the scenario"
            keys={keyHint('write')}
            onPress={() => actions.do('write')}
          />
        )}
        <IconButton
          icon="open"
          says="Open a scenario file"
          keys={keyHint('open a file')}
          onPress={() => actions.do('open a file')}
        />
        {welcome ? null : (
          <IconButton
            icon="export"
            says="Export"
            keys={keyHint('export')}
            onPress={() => actions.do('export')}
          />
        )}
        <Theme />
        <IconButton
          icon="keys"
          says="All keys"
          keys={keyHint('keys')}
          onPress={() => actions.do('keys')}
        />
      </div>
    </header>
  );
}

/** What is open, and its clock. */
function OfTheRun(): ReactElement {
  return (
    <>
      <DocumentTitle />
      <Transport />
      <Clock />
      <Speed />
      <Seed />
    </>
  );
}

function DocumentTitle(): ReactElement {
  const open = useRenderer((state) => state.scenarios.find(({ key }) => key === state.open));
  const unsaved = useRenderer(({ open: key, writing }) => writing.saved[key ?? ''] !== undefined);
  return (
    <div className="document">
      <h1>
        {open?.title ?? 'No scenario'}
        {unsaved ? <UnsavedMark /> : null}
      </h1>
      <p>{open === undefined ? 'Choose one on the left' : `${open.folder}, ${open.fileName}`}</p>
    </div>
  );
}

function Transport(): ReactElement {
  const { actions } = useParts();
  const playing = useRenderer((state) => state.playing);
  const ready = useRenderer((state) => state.run.kind === 'ready');
  const button = (icon: IconName, says: string, action: KeyAction, className = '') => (
    <IconButton
      icon={icon}
      says={says}
      keys={keyHint(action)}
      className={className}
      disabled={!ready}
      onPress={() => actions.do(action)}
    />
  );
  return (
    <div className="transport" role="toolbar" aria-label="Time">
      {button('restart', 'Restart', 'start')}
      {button('step back', 'Step back', 'previous event')}
      {playing
        ? button('pause', 'Pause', 'run or pause', 'run')
        : button('run', 'Run', 'run or pause', 'run')}
      {button('step', 'Step', 'next event')}
    </div>
  );
}

const noMicros = micros(0);

function Clock(): ReactElement {
  // A clock shows the time of a call, and there may be none.
  const isThere = useTrace(({ header }) => header !== null);
  const playhead = useRenderer((state) => (isThere ? state.playhead : noMicros));
  const events = useTrace(eventsOf);
  const passed = firstFrom(events, ({ at }) => at, playhead + 1);
  return (
    <>
      <div className="clock" role="timer" aria-label="Model time">
        {clockText(playhead)}
        <small>s</small>
      </div>
      <div className="event-count">
        <b>event {countText(passed)}</b> of {countText(events.length)}
      </div>
    </>
  );
}

/** Steps of the slider between the least and the most speed. */
const speedSteps = 100;
const speedRange = Math.log10(speedMost / speedLeast);

function Speed(): ReactElement {
  const edit = useEdit();
  const speed = useRenderer((state) => state.speed);
  const at = (Math.log10(speed / speedLeast) / speedRange) * speedSteps;
  return (
    <label className="speed">
      <span>Speed</span>
      <input
        type="range"
        min={0}
        max={speedSteps}
        step={1}
        value={Math.round(at)}
        aria-valuetext={speedText(speed)}
        onChange={(event) => {
          const share = Number(event.target.value) / speedSteps;
          edit(setSpeed(roundSpeed(speedLeast * 10 ** (share * speedRange))));
        }}
      />
      <b>{speedText(speed)}</b>
    </label>
  );
}

/** To two digits, so that the slider stops at 0.2× and 1×. */
export function roundSpeed(speed: number): number {
  return Number(speed.toPrecision(1));
}

function Seed(): ReactElement {
  const { actions } = useParts();
  const header = useTrace(({ header: known }) => known);
  const asked = useRenderer((state) => state.seed);
  const seed = header?.seed ?? asked;
  return (
    <div className="seed">
      <span>Seed</span>
      <b className="mono">{seed ?? '–'}</b>
      <IconButton
        icon="dice"
        says="New seed"
        className="small"
        disabled={header === null}
        onPress={() => actions.newSeed()}
      />
    </div>
  );
}

const themes: readonly { choice: ThemeChoice; icon: IconName; says: string }[] = [
  { choice: 'system', icon: 'system', says: 'Theme: as the system has it' },
  { choice: 'dark', icon: 'moon', says: 'Theme: dark' },
  { choice: 'light', icon: 'sun', says: 'Theme: light' },
  { choice: 'contrast', icon: 'contrast', says: 'Theme: high contrast' },
];

function Theme(): ReactElement {
  const edit = useEdit();
  const theme = useRenderer((state) => state.theme);
  const at = themes.findIndex(({ choice }) => choice === theme);
  const now = themes[at] ?? themes[0];
  const next = themes[(at + 1) % themes.length] ?? themes[0];
  return (
    <IconButton
      icon={now?.icon ?? 'system'}
      says={now?.says ?? ''}
      onPress={() => {
        if (next !== undefined) edit(chooseTheme(next.choice));
      }}
    />
  );
}
