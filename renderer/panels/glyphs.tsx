import type { ReactElement } from 'react';

import type { VerdictNow } from '../judgement/findings.ts';
import type { Standing } from '../store/renderer-state.ts';

/** The five shapes a verdict has: told apart without colour. */
export type GlyphShape = 'pass' | 'fail' | 'warn' | 'open' | 'half';

const shapeOfVerdict: Readonly<Record<VerdictNow, GlyphShape>> = {
  satisfied: 'pass',
  violated: 'fail',
  inconclusive: 'half',
  'not exercised': 'open',
  'to come': 'open',
};

export const verdictWords: Readonly<Record<VerdictNow, string>> = {
  satisfied: 'holds',
  violated: 'fails',
  inconclusive: 'inconclusive',
  'not exercised': 'not exercised',
  'to come': 'to come',
};

export function VerdictGlyph({ verdict }: { readonly verdict: VerdictNow }): ReactElement {
  return <Glyph shape={shapeOfVerdict[verdict]} says={verdictWords[verdict]} />;
}

const shapeOfStanding: Readonly<Record<Standing, GlyphShape>> = {
  passes: 'pass',
  warns: 'warn',
  fails: 'fail',
  'cannot be read': 'half',
};

export function StandingGlyph({ standing }: { readonly standing: Standing | null }): ReactElement {
  return standing === null ? (
    <Glyph shape="open" says="never run" />
  ) : (
    <Glyph shape={shapeOfStanding[standing]} says={standing} />
  );
}

/** A 12 px glyph. Without `says` it stands beside its own words and is only for the eye. */
export function Glyph({
  shape,
  says,
}: {
  readonly shape: GlyphShape;
  readonly says?: string;
}): ReactElement {
  const named = says === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': says };
  return (
    <svg className={`glyph ${shape}`} width="12" height="12" viewBox="0 0 12 12" {...named}>
      {drawn[shape]}
    </svg>
  );
}

const drawn: Readonly<Record<GlyphShape, ReactElement>> = {
  pass: <path className="pass-stroke" d="M2 6.4l2.6 2.6L10 3.4" />,
  fail: (
    <>
      <rect width="12" height="12" rx="2.5" />
      <path className="cross" d="M3.6 3.6l4.8 4.8M8.4 3.6L3.6 8.4" />
    </>
  ),
  warn: <path className="triangle" d="M6 1.4L11 10.6H1z" />,
  open: <circle cx="6" cy="6" r="3.2" />,
  half: (
    <>
      <circle cx="6" cy="6" r="3.6" />
      <path className="filling" d="M6 2.4a3.6 3.6 0 0 1 0 7.2z" />
    </>
  ),
};
