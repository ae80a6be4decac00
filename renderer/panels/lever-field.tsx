import { useState, type ReactElement } from 'react';

/** A value as the scenario file writes it, to be written otherwise. */
export function LeverField({
  says,
  bounds = null,
  value: now,
  run,
}: {
  readonly says: string;
  /** What it may be, where that is known. */
  readonly bounds?: string | null;
  readonly value: string;
  readonly run: (value: string) => void;
}): ReactElement {
  const [value, setValue] = useState(now);
  const isOther = value.trim() !== '' && value !== now;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isOther) run(value.trim());
      }}
    >
      <label>
        <span>
          {says}
          {bounds === null ? null : <small>{bounds}</small>}
        </span>
        <input value={value} onChange={(event) => setValue(event.target.value)} />
      </label>
      <button type="submit" className="outlined-button small" disabled={!isOther}>
        Run
      </button>
    </form>
  );
}
