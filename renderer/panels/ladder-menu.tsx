import { useRef, useState, type FocusEvent, type KeyboardEvent, type ReactElement } from 'react';

import { coreNodes } from '../ladder/arrange-ladder.ts';
import { ladderInputOf } from '../ladder/from-trace.ts';
import { chooseColour, foldGroup, foldLifeline, toggleClass } from '../store/arrangement-edits.ts';
import { colourModes, type ColourMode, type MessageClass } from '../store/arrangement.ts';
import { showTimers } from '../store/edits.ts';
import { keyHint } from '../words/keys.ts';
import { Icon } from './icons.tsx';
import { useEdit, useParts, useRenderer, useTrace } from './window-parts.ts';

/** How the ladder is coloured, folded and filtered, in one place. */
export function LadderMenu(): ReactElement {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);

  function leave(event: FocusEvent<HTMLSpanElement>): void {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  }

  function key(event: KeyboardEvent<HTMLSpanElement>): void {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    event.preventDefault();
    setOpen(false);
    button.current?.focus();
  }

  return (
    <span className="ladder-menu" onBlur={leave} onKeyDown={key}>
      <button
        ref={button}
        type="button"
        className="icon-button small"
        aria-expanded={open}
        aria-label="Colours, folds and filters"
        title="Colours, folds and filters"
        onClick={() => setOpen(!open)}
      >
        <Icon name="sliders" />
      </button>
      {open ? <Choices /> : null}
    </span>
  );
}

const colourWords: Readonly<Record<ColourMode, string>> = {
  leg: 'leg',
  dialog: 'dialog',
  transaction: 'transaction',
  verdict: 'verdict',
};

function Choices(): ReactElement {
  const edit = useEdit();
  const { hidden, colour } = useRenderer((state) => state.arrangement);
  const timers = useRenderer((state) => state.ladder.timers);
  return (
    <div className="ladder-choices">
      <fieldset>
        <legend>
          Colour by <kbd>{keyHint('change the colours')}</kbd>
        </legend>
        {colourModes.map((mode) => (
          <label key={mode}>
            <input
              type="radio"
              name="colour"
              checked={colour === mode}
              onChange={() => edit(chooseColour(mode))}
            />
            {colourWords[mode]}
          </label>
        ))}
      </fieldset>
      <FoldChoices />
      <fieldset>
        <legend>Show</legend>
        {alsoHidden.map((kind) => (
          <Check
            key={kind}
            says={kind}
            checked={!hidden.includes(kind)}
            choose={() => edit(toggleClass(kind))}
          />
        ))}
        <Check
          says="all timers"
          keys={keyHint('all timers')}
          checked={timers === 'all'}
          choose={(all) => edit(showTimers(all ? 'all' : 'fired'))}
        />
      </fieldset>
    </div>
  );
}

function FoldChoices(): ReactElement {
  const { scene, traces } = useParts();
  const edit = useEdit();
  const { folds, unfolded } = useRenderer((state) => state.arrangement);
  useTrace(ladderInputOf);
  const { setUp } = scene.arranged();
  const core = coreNodes(traces.trace.header);
  return (
    <fieldset>
      <legend>Fold</legend>
      <Check
        says="set-up"
        keys={keyHint('fold the set-up')}
        checked={setUp === 'folded'}
        disabled={setUp === 'none'}
        choose={(folded) => edit(foldGroup('setUp', folded))}
      />
      <Check
        says="100 Trying"
        checked={folds.trying}
        choose={(folded) => edit(foldGroup('trying', folded))}
      />
      <Check
        says="resent copies"
        checked={folds.resent}
        choose={(folded) => edit(foldGroup('resent', folded))}
      />
      <Check
        says="proxies"
        checked={core.length > 0 && unfolded.length === 0}
        disabled={core.length === 0}
        choose={(folded) => {
          for (const node of core) edit(foldLifeline(node, folded));
        }}
      />
    </fieldset>
  );
}

/** What the legend has no room for, or none in a narrow window. */
const alsoHidden: readonly MessageClass[] = ['100 Trying', 'resent', 'lost'];

function Check({
  says,
  keys,
  checked,
  disabled,
  choose,
}: {
  readonly says: string;
  readonly keys?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly choose: (checked: boolean) => void;
}): ReactElement {
  return (
    <label>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => choose(event.target.checked)}
      />
      {says}
      {keys === undefined ? null : <kbd>{keys}</kbd>}
    </label>
  );
}
