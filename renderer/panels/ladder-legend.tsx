import type { ReactElement, ReactNode } from 'react';

import { toggleClass } from '../store/arrangement-edits.ts';
import type { MessageClass } from '../store/arrangement.ts';
import { useEdit, useRenderer } from './window-parts.ts';

/** What the marks of the ladder mean; every entry hides what it names, or shows it again. */
export function Legend({ roomy }: { readonly roomy: boolean }): ReactElement {
  return (
    <ul className="legend" aria-label="Legend: hide and show">
      <Entry kind="A leg" says="A leg" sign={<Sign className="hue-a" draw="arrow" />} />
      <Entry kind="B leg" says="B leg" sign={<Sign className="hue-b" draw="arrow" />} />
      <Entry kind="control" says="control" sign={<Sign className="hue-r" draw="arrow" />} />
      <Entry kind="media" says="media" sign={<Sign className="hue-r" draw="media" />} />
      {roomy ? (
        <>
          <Entry kind="resent" says="resent" sign={<Sign className="hue-b" draw="resent" />} />
          <Entry kind="lost" says="lost" sign={<Sign className="hue-b" draw="lost" />} />
        </>
      ) : null}
      <Entry kind="steps" says="step" sign={<span className="badge small">6</span>} />
      <Entry
        kind="offers and answers"
        says="offer, answer"
        sign={
          <>
            <span className="tag offer hue-a small">O</span>
            <span className="tag answer hue-a small">A</span>
          </>
        }
      />
    </ul>
  );
}

function Entry({
  kind,
  says,
  sign,
}: {
  readonly kind: MessageClass;
  readonly says: string;
  readonly sign: ReactNode;
}): ReactElement {
  const edit = useEdit();
  const shown = useRenderer((state) => !state.arrangement.hidden.includes(kind));
  return (
    <li>
      <button
        type="button"
        aria-pressed={shown}
        title={shown ? `Hide ${kind}` : `Show ${kind}`}
        onClick={() => edit(toggleClass(kind))}
      >
        {sign}
        {says}
      </button>
    </li>
  );
}

function Sign({
  className,
  draw,
}: {
  readonly className: string;
  readonly draw: keyof typeof signs;
}): ReactElement {
  return (
    <svg
      className={`legend-sign of-${draw} ${className}`}
      width="17"
      height="10"
      aria-hidden="true"
    >
      {signs[draw]}
    </svg>
  );
}

const signs = {
  arrow: (
    <>
      <path className="shaft" d="M0 5H11" />
      <path className="head filled" d="M10 1.5l7 3.5l-7 3.5z" />
    </>
  ),
  media: (
    <>
      <path className="strand" d="M0 5H14" />
      <path className="head open" d="M6 1.5l4 3.5l-4 3.5M12 1.5l4 3.5l-4 3.5" />
    </>
  ),
  resent: (
    <>
      <path className="shaft" d="M0 5H12" />
      <path className="head open" d="M11 1.5l5.5 3.5l-5.5 3.5" />
    </>
  ),
  lost: (
    <>
      <path className="shaft" d="M0 5H12" />
      <path className="cross" d="M8.5 1.5l7 7m0 -7l-7 7" />
    </>
  ),
} as const;
