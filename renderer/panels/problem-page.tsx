import type { ReactElement } from 'react';

import type { ScenarioEntry, ScenarioProblem } from '../store/renderer-state.ts';
import { Glyph } from './glyphs.tsx';
import { useParts, useRenderer } from './window-parts.ts';

/** More would not help anybody. */
const problemsShown = 20;

/** A scenario that cannot run: what is wrong, where, and the line it stands in. */
export function ProblemPage(): ReactElement | null {
  const phase = useRenderer((state) => state.run);
  const open = useRenderer((state) => state.scenarios.find(({ key }) => key === state.open));
  if (phase.kind !== 'problems' && phase.kind !== 'failed') return null;
  const problems = phase.kind === 'problems' ? phase.problems : [];
  return (
    <div className="problem-page scrolls" role="alert" data-region="ladder">
      <h2>{open?.fileName ?? 'The scenario'}</h2>
      {phase.kind === 'failed' ? (
        <p className="problem-lead">
          The simulation stopped with an error of its own: {phase.says}. That is a defect of
          Ringscope; the scenario file and this sentence are what a report needs.
        </p>
      ) : (
        <p className="problem-lead">
          {problems.length === 1
            ? 'One thing keeps this scenario from running.'
            : `${problems.length} things keep this scenario from running.`}
        </p>
      )}
      <ol className="problems">
        {problems.slice(0, problemsShown).map((problem, index) => (
          <li key={index}>
            <Problem problem={problem} file={open} />
          </li>
        ))}
      </ol>
      {problems.length > problemsShown ? (
        <p className="quiet">{problems.length - problemsShown} more problems.</p>
      ) : null}
      <ProblemDeeds first={problems[0] ?? null} />
    </div>
  );
}

/** What can be done about it. */
function ProblemDeeds({ first }: { readonly first: ScenarioProblem | null }): ReactElement {
  const { actions } = useParts();
  const lastGood = useRenderer(() => actions.writing.lastGood);
  const other = useRenderer((state) =>
    state.scenarios.find(({ key, standing }) => key !== state.open && standing === 'passes'),
  );
  return (
    <div className="problem-deeds">
      {first === null ? null : (
        <button type="button" className="solid-button" onClick={() => actions.writing.fix(first)}>
          Fix in editor
        </button>
      )}
      {lastGood === null ? null : (
        <button
          type="button"
          className="outlined-button"
          onClick={() => actions.writing.openLastGood()}
        >
          Open last good version
        </button>
      )}
      <button type="button" className="outlined-button" onClick={() => actions.do('open a file')}>
        Open a file
      </button>
      {other === undefined ? null : (
        <button
          type="button"
          className="outlined-button"
          onClick={() => actions.openScenario(other.key)}
        >
          Show {other.title}
        </button>
      )}
    </div>
  );
}

function Problem({
  problem,
  file,
}: {
  readonly problem: ScenarioProblem;
  readonly file: ScenarioEntry | undefined;
}): ReactElement {
  const { line, column, length, path, says, nearest, code } = problem;
  return (
    <>
      <p className="problem-says">
        <Glyph shape="fail" says="error" />
        <span>
          <b className="mono">
            {file?.fileName}:{line}:{column}
          </b>{' '}
          {path === '' ? '' : <b>{path}: </b>}
          {says}
          {nearest === null ? '' : `; did you mean ${nearest}?`}{' '}
          <span className="quiet">{code}</span>
        </span>
      </p>
      <SourceLine text={file?.text ?? ''} line={line} column={column} length={length} />
    </>
  );
}

/** Characters of a long line shown before the place, and in all. */
const before = 50;
const most = 100;

/** The line a problem stands in, and carets below the place. */
function SourceLine({
  text,
  line,
  column,
  length,
}: {
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}): ReactElement | null {
  const source = sourceLine(text, line);
  if (source === null) return null;
  const from = Math.max(0, column - 1 - before);
  const shown = source.slice(from, from + most);
  const place = column - 1 - from;
  const carets = Math.max(1, Math.min(length, shown.length - place));
  const gutter = String(line);
  const lead = from > 0 ? '…' : '';
  return (
    <pre className="source-line">
      <span className="wire-name">{gutter} │ </span>
      {lead}
      {shown}
      {'\n'}
      <span className="wire-name">{' '.repeat(gutter.length)} │ </span>
      {' '.repeat(lead.length + place)}
      <span className="carets">{'^'.repeat(carets)}</span>
    </pre>
  );
}

/** The line of that number, counted from 1, without its end and with blanks for tabs. */
export function sourceLine(text: string, line: number): string | null {
  if (text === '') return null;
  return text.split(/\r?\n/)[line - 1]?.replaceAll('\t', ' ') ?? null;
}
