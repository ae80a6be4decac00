import type { ReactElement } from 'react';

import { ladderInputOf } from '../ladder/from-trace.ts';
import { isRoomy } from '../store/window-shape.ts';
import { keyHint, type KeyAction } from '../words/keys.ts';
import { IconButton } from './icons.tsx';
import { useParts, useRenderer, useTrace } from './window-parts.ts';

/** The row above the ladder: how it is shown, what its marks mean, its scale. */
export function LadderTools(): ReactElement {
  const roomy = useRenderer((state) => isRoomy(state.shape));
  return (
    <div className="ladder-tools inset-focus" data-region="ladder tools">
      <Shown />
      <Legend roomy={roomy} />
      <span className="spring" />
      <Scale />
    </div>
  );
}

/** Time, Rows or Table. */
function Shown(): ReactElement {
  const { actions, scene } = useParts();
  const centre = useRenderer((state) => state.centre);
  useRenderer((state) => state.ladder);
  useRenderer((state) => state.shape);
  const axis = scene.axis();
  const choice = (checked: boolean, says: string, action: KeyAction, choose: () => void) => (
    <button
      type="button"
      role="radio"
      aria-checked={checked}
      title={`${says} (${keyHint(action)})`}
      onClick={choose}
    >
      {says}
    </button>
  );
  const showAxis = (wanted: 'time' | 'rows') => (): void => {
    if (axis !== wanted) actions.do('change the axis');
    if (centre === 'table') actions.do('table');
  };
  const ladder = centre === 'ladder';
  return (
    <span className="segments" role="radiogroup" aria-label="Shown as">
      {choice(ladder && axis === 'time', 'Time', 'change the axis', showAxis('time'))}
      {choice(ladder && axis === 'rows', 'Rows', 'change the axis', showAxis('rows'))}
      {choice(!ladder, 'Table', 'table', () => {
        if (ladder) actions.do('table');
      })}
    </span>
  );
}

/** The scale of the Time axis, and whether a label found no room at it. */
function Scale(): ReactElement | null {
  const { actions, scene } = useParts();
  const centre = useRenderer((state) => state.centre);
  const width = useRenderer((state) => state.ladderSize.width);
  useRenderer((state) => state.ladder);
  useTrace(ladderInputOf);
  if (centre === 'table' || width === 0) return null;
  const { pxPerMs, hiddenLabels } = scene.layout();
  return (
    <>
      {hiddenLabels === 0 ? null : (
        <span className="quiet">
          {hiddenLabels} {hiddenLabels === 1 ? 'label' : 'labels'} hidden, zoom in
        </span>
      )}
      {pxPerMs === null ? null : (
        <span className="scale">
          <IconButton
            icon="minus"
            says="Zoom out"
            keys={keyHint('zoom out')}
            className="small"
            onPress={() => actions.do('zoom out')}
          />
          <button
            type="button"
            className="plain-button"
            title={`px per millisecond. Fit the whole call (${keyHint('fit the call')})`}
            onClick={() => actions.do('fit the call')}
          >
            {pxPerMs.toFixed(2)}
          </button>
          <IconButton
            icon="plus"
            says="Zoom in"
            keys={keyHint('zoom in')}
            className="small"
            onPress={() => actions.do('zoom in')}
          />
        </span>
      )}
    </>
  );
}

/** What the marks of the ladder mean; the words make it readable without its colours. */
function Legend({ roomy }: { readonly roomy: boolean }): ReactElement {
  return (
    <ul className="legend" aria-label="Legend">
      <Entry says="A leg" className="hue-a" draw="arrow" />
      <Entry says="B leg" className="hue-b" draw="arrow" />
      <Entry says="control" className="hue-r" draw="arrow" />
      <Entry says="media" className="hue-r" draw="media" />
      {roomy ? (
        <>
          <Entry says="resent" className="hue-b" draw="resent" />
          <Entry says="lost" className="hue-b" draw="lost" />
        </>
      ) : null}
      <li>
        <span className="badge small">6</span>step
      </li>
      <li>
        <span className="tag offer hue-a small">O</span>
        <span className="tag answer hue-a small">A</span>offer, answer
      </li>
    </ul>
  );
}

function Entry({
  says,
  className,
  draw,
}: {
  readonly says: string;
  readonly className: string;
  readonly draw: 'arrow' | 'media' | 'resent' | 'lost';
}): ReactElement {
  return (
    <li>
      <svg
        className={`legend-sign of-${draw} ${className}`}
        width="21"
        height="10"
        aria-hidden="true"
      >
        {signs[draw]}
      </svg>
      {says}
    </li>
  );
}

const signs = {
  arrow: (
    <>
      <path className="shaft" d="M0 5H15" />
      <path className="head filled" d="M14 1.5l7 3.5l-7 3.5z" />
    </>
  ),
  media: (
    <>
      <path className="strand" d="M0 5H17" />
      <path className="head open" d="M9 1.5l4 3.5l-4 3.5M15 1.5l4 3.5l-4 3.5" />
    </>
  ),
  resent: (
    <>
      <path className="shaft" d="M0 5H15" />
      <path className="head open" d="M15 1.5l5.5 3.5l-5.5 3.5" />
    </>
  ),
  lost: (
    <>
      <path className="shaft" d="M0 5H10" />
      <path className="cross" d="M6.5 1.5l7 7m0 -7l-7 7" />
    </>
  ),
} as const;
