import type { ReactElement } from 'react';

import { isRoomy } from '../store/window-shape.ts';
import { keyHint } from '../words/keys.ts';
import { IconButton } from './icons.tsx';
import { useLayout } from './ladder-drawing.ts';
import { FilterSentence } from './ladder-filter.tsx';
import { FindBar } from './ladder-find.tsx';
import { Legend } from './ladder-legend.tsx';
import { LadderMenu } from './ladder-menu.tsx';
import { Segments } from './segments.tsx';
import { useParts, useRenderer } from './window-parts.ts';

/** The row above the ladder: how it is shown, what its marks mean, its scale. */
export function LadderTools(): ReactElement {
  const roomy = useRenderer((state) => isRoomy(state.shape));
  const finding = useRenderer((state) => state.find !== null);
  return (
    <div className="ladder-tools inset-focus" data-region="ladder tools">
      <div className="ladder-tools-row">
        <Shown />
        {finding ? <FindBar /> : <Legend roomy={roomy} />}
        <span className="spring" />
        <Scale />
        <LadderMenu />
      </div>
      <FilterSentence />
    </div>
  );
}

const views = [
  { value: 'time', says: 'Time', action: 'change the axis' },
  { value: 'rows', says: 'Rows', action: 'change the axis' },
  { value: 'table', says: 'Table', action: 'table' },
  { value: 'two runs', says: 'Two runs', action: 'two runs' },
] as const;

/** What stands in the middle: the ladder on either axis, its table, or two runs. */
function Shown(): ReactElement {
  const { actions, scene } = useParts();
  const centre = useRenderer((state) => state.centre);
  useRenderer((state) => state.ladder.axis);
  useRenderer((state) => state.shape);
  const axis = scene.axis();
  const shown = centre === 'ladder' ? axis : centre;
  const show = (wanted: (typeof views)[number]['value']): void => {
    if (wanted === 'table' || wanted === 'two runs') {
      if (centre !== wanted) actions.do(wanted);
      return;
    }
    if (axis !== wanted) actions.do('change the axis');
    if (centre === 'table' || centre === 'two runs') actions.do(centre);
  };
  return (
    <Segments
      label="Shown as"
      of={views.map(({ value, says, action }) => ({
        value,
        says,
        title: `${says} (${keyHint(action)})`,
      }))}
      chosen={views.find(({ value }) => value === shown)?.value ?? null}
      choose={show}
    />
  );
}

/** The scale of the Time axis, and whether a label found no room at it. */
function Scale(): ReactElement | null {
  const { actions } = useParts();
  const centre = useRenderer((state) => state.centre);
  const layout = useLayout();
  if (centre !== 'ladder' || layout === null) return null;
  const { pxPerMs, hiddenLabels } = layout;
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
