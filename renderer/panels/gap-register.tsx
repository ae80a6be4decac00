import { useState, type ReactElement } from 'react';

import { gaps, possibleValues, switchTable, type Switch } from '../../sim-core/reading.ts';
import { seekGap } from '../store/edits.ts';
import { Segments } from './segments.tsx';
import { useEdit, useParts, useRenderer, useTrace } from './window-parts.ts';
import { Difference } from './what-if-tab.tsx';

type Gap = (typeof gaps)[number];

/** Where the texts are silent: what they say, how the run reads them, and the other readings. */
export function GapRegister(): ReactElement {
  const edit = useEdit();
  const sought = useRenderer((state) => state.soughtGap);
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = gaps.filter((gap) => words.every((word) => searchText(gap).includes(word)));
  return (
    <>
      <Difference />
      <div className="seek">
        <input
          type="search"
          value={sought}
          placeholder="Find a gap or a switch"
          aria-label="Find a gap or a switch"
          onChange={(event) => edit(seekGap(event.target.value))}
        />
        <span className="quiet">
          {shown.length} of {gaps.length}
        </span>
      </div>
      <ul className="gaps">
        {shown.map((gap) => (
          <GapItem key={gap.id} gap={gap} />
        ))}
      </ul>
    </>
  );
}

function switchesOfGap({ id }: Gap): readonly Switch[] {
  return switchTable.filter(({ gap }) => gap === id);
}

function searchText(gap: Gap): string {
  const names = switchesOfGap(gap).map(({ name, says }) => `${name} ${says}`);
  return [gap.id, gap.title, gap.says, ...names].join(' ').toLowerCase();
}

function GapItem({ gap }: { readonly gap: Gap }): ReactElement {
  return (
    <li data-gap={gap.id}>
      <details>
        <summary>
          <b>{gap.id}</b> {gap.title}
        </summary>
        <dl className="facts padded">
          <dt>The texts</dt>
          <dd>{gap.text}</dd>
          <dt>Base</dt>
          <dd>{gap.base}</dd>
          <dt>Reading</dt>
          <dd>{gap.reading}</dd>
          {gap.otherwise === null ? null : (
            <>
              <dt>Otherwise</dt>
              <dd>{gap.otherwise}</dd>
            </>
          )}
        </dl>
      </details>
      {switchesOfGap(gap).map((row) => (
        <SwitchControl key={row.name} row={row} />
      ))}
    </li>
  );
}

/** The readings of one switch; choosing another forks the run. */
export function SwitchControl({ row }: { readonly row: Switch }): ReactElement {
  const { actions } = useParts();
  const inForce = useTrace(({ header }) => header)?.switches[row.name] ?? row.values[0];
  const choose = (value: string): void => {
    if (value !== inForce) actions.set(`switches.${row.name}`, value, `${row.name} ${value}`);
  };
  const known: readonly string[] = row.values;
  return (
    <div className="switch" data-switch={row.name}>
      <div className="switch-name" title={row.says}>
        {row.name}
      </div>
      <Segments
        label={row.name}
        of={[...known, ...(known.includes(inForce) ? [] : [inForce])].map((value) => ({
          value,
          says: value,
        }))}
        chosen={inForce}
        choose={choose}
      />
      {row.orTime === true ? <TimeValue row={row} choose={choose} /> : null}
      <p className="switch-says">{row.says}</p>
    </div>
  );
}

/** A switch may also be any length of time. */
function TimeValue({
  row,
  choose,
}: {
  readonly row: Switch;
  readonly choose: (value: string) => void;
}): ReactElement {
  const [value, setValue] = useState('');
  const valid = /^\d+(\.\d+)?(us|ms|s|min)$/.test(value);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) choose(value);
      }}
    >
      <input
        value={value}
        placeholder="3s"
        aria-label={`${row.name}: ${possibleValues(row).at(-1) ?? 'a time'}`}
        aria-invalid={value !== '' && !valid}
        onChange={(event) => setValue(event.target.value)}
      />
    </form>
  );
}
