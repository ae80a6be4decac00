import type { ReactElement } from 'react';

export interface Segment<Value> {
  readonly value: Value;
  readonly says: string;
  readonly title?: string;
}

/** One of a few, all of them shown side by side. */
export function Segments<Value extends string | number>({
  label,
  of,
  chosen,
  choose,
  small = false,
}: {
  readonly label: string;
  readonly of: readonly Segment<Value>[];
  /** Null where it is none of them. */
  readonly chosen: Value | null;
  readonly choose: (value: Value) => void;
  readonly small?: boolean;
}): ReactElement {
  return (
    <span className={small ? 'segments small' : 'segments'} role="radiogroup" aria-label={label}>
      {of.map(({ value, says, title }) => (
        <button
          key={value}
          type="button"
          role="radio"
          aria-checked={value === chosen}
          title={title}
          onClick={() => choose(value)}
        >
          {says}
        </button>
      ))}
    </span>
  );
}
