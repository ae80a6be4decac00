import type { Judgement } from '../judgement.ts';

/** How the pages of the default reporter are set. */
export interface PageStyle {
  readonly width: number;
  readonly colour: boolean;
  readonly ascii: boolean;
}

export type Tone = 'strong' | 'faint' | 'good' | 'bad' | 'doubtful';

const tones: Readonly<Record<Tone, string>> = {
  strong: '1',
  faint: '2',
  good: '32',
  bad: '95',
  doubtful: '33',
};

export function toned(text: string, tone: Tone, colour: boolean): string {
  return colour ? `\u001B[${tones[tone]}m${text}\u001B[0m` : text;
}

/** Four shapes, so that no verdict is told by colour alone. */
export const verdictSigns = {
  satisfied: { unicode: '✓', ascii: '+', tone: 'faint' },
  violated: { unicode: '✗', ascii: '!', tone: 'bad' },
  'not exercised': { unicode: '○', ascii: '.', tone: 'faint' },
  inconclusive: { unicode: '◐', ascii: '?', tone: 'doubtful' },
} as const satisfies Record<string, { unicode: string; ascii: string; tone: Tone }>;

/** What is broken, and was only recommended. */
export const adviceSign = { unicode: '△', ascii: '^', tone: 'doubtful' } as const;

/** The last word on a run: what shows in the closing line. */
export const endingWords = {
  passed: { word: 'PASS', tone: 'good' },
  failed: { word: 'FAIL', tone: 'bad' },
  inconclusive: { word: 'INCONCLUSIVE', tone: 'doubtful' },
} as const satisfies Record<Judgement['ending'], { word: string; tone: Tone }>;
