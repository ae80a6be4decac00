import type { ReactElement } from 'react';

import {
  countVerdicts,
  findingsOf,
  turnsOfJudgement,
  type Finding,
} from '../judgement/findings.ts';
import { lastInstantOf } from '../ladder/from-trace.ts';
import { isRoomy } from '../store/window-shape.ts';
import { counted } from '../words/parties.ts';
import { countText, millisWithUnit } from '../words/times.ts';
import { Glyph } from './glyphs.tsx';
import { useParts, useReached, useRenderer, useTrace } from './window-parts.ts';

export function VerdictStrip(): ReactElement {
  const phase = useRenderer((state) => state.run.kind);
  return (
    <section className="verdict-strip inset-focus" data-region="verdicts" aria-label="Verdicts">
      {phase === 'ready' ? (
        <Verdicts />
      ) : phase === 'computing' ? (
        <Computing />
      ) : (
        <p className="verdict-sum">{phaseWords[phase]}</p>
      )}
    </section>
  );
}

const phaseWords = {
  nothing: 'Nothing has run yet',
  problems: 'The scenario cannot be read',
  failed: 'The simulation stopped with an error',
} as const;

/** How far a run has come. */
function Computing(): ReactElement {
  const came = useRenderer(({ run }) => (run.kind === 'computing' ? run.came : 0));
  return (
    <p className="verdict-sum">
      Computing
      {came === 0 ? null : (
        <>
          <span className="coming" role="progressbar" aria-label="The run is coming in" />
          <span className="quiet">{countText(came)} records so far</span>
        </>
      )}
    </p>
  );
}

function Verdicts(): ReactElement {
  const { traces } = useParts();
  const playhead = useReached(turnsOfJudgement);
  const clause = useRenderer((state) => state.clause);
  const findings = useTrace(findingsOf);
  const end = useTrace(lastInstantOf);
  const roomy = useRenderer((state) => isRoomy(state.shape));
  const counts = countVerdicts(traces.trace, playhead);
  const sofar = findings.filter(({ at }) => at === null || at <= playhead);
  const shown = sofar.slice(0, roomy ? 2 : 1);
  const fails = sofar.filter(({ weight }) => weight === 'fails').length;
  const unfinished = useRenderer((state) => state.playhead < end);
  return (
    <>
      <p className="verdict-sum">
        <b>
          {fails === 0 && unfinished
            ? 'No check has failed yet'
            : counted(fails, 'check fails', 'checks fail')}
        </b>
        <Count shape="fail" count={counts.violated} says="fail" />
        <Count shape="warn" count={sofar.length - fails} says="worth a look" />
        <Count shape="pass" count={counts.satisfied} says="hold" />
        <Count shape="half" count={counts.inconclusive} says="inconclusive" />
        <Count
          shape="open"
          count={counts['not exercised'] + counts['to come']}
          says={unfinished ? 'to come or not exercised' : 'not exercised'}
        />
      </p>
      {shown.map((finding) => (
        <FindingLink key={finding.id} finding={finding} active={finding.clause === clause} />
      ))}
      {sofar.length > shown.length ? (
        <span className="more">{sofar.length - shown.length} more</span>
      ) : null}
      {clause === null ? null : <span className="hint">Esc leaves evidence view</span>}
    </>
  );
}

function Count({
  shape,
  count,
  says,
}: {
  readonly shape: Parameters<typeof Glyph>[0]['shape'];
  readonly count: number;
  readonly says: string;
}): ReactElement | null {
  if (count === 0) return null;
  return (
    <span className="count" title={`${count} ${says}`}>
      <Glyph shape={shape} />
      {count}
      <span className="only-heard"> {says}</span>
    </span>
  );
}

function FindingLink({
  finding,
  active,
}: {
  readonly finding: Finding;
  readonly active: boolean;
}): ReactElement {
  const { actions } = useParts();
  const lit = active && finding.clause !== null;
  return (
    <button
      type="button"
      className={lit ? 'finding active' : 'finding'}
      onClick={() => actions.showFinding(finding)}
    >
      <Glyph
        shape={finding.weight === 'fails' ? 'fail' : 'warn'}
        says={finding.weight === 'fails' ? 'fails' : 'worth a look'}
      />
      <span className="finding-says">
        {finding.clause === null ? null : <span className="quiet">{finding.clause} </span>}
        {finding.says}
      </span>
      {finding.at === null ? null : (
        <span className="finding-at">{millisWithUnit(finding.at)}</span>
      )}
    </button>
  );
}
