import type { ReactElement } from 'react';

import type { Divergence } from '../judgement/divergence.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { commandOf } from '../store/command-line.ts';
import { showEvidence, whatIfOf } from '../store/edits.ts';
import type { Lever } from '../store/levers.ts';
import { parentOf } from '../store/what-if.ts';
import { eventSentence } from '../words/event-sentence.ts';
import { keyHint } from '../words/keys.ts';
import { millisWithUnit } from '../words/times.ts';
import { ChosenHere } from './chosen-here.tsx';
import { LeverField } from './lever-field.tsx';
import { useParting } from './parting.ts';
import { useEdit, useParts, useRenderer } from './window-parts.ts';

/** What one can turn, and what came of it. */
export function WhatIfTab(): ReactElement {
  const levers = useRenderer((state) => state.levers);
  const line = useRenderer(commandOf);
  const { actions } = useParts();
  return (
    <>
      <Difference />
      <p className="prose quiet">
        Select a message and press <kbd>{keyHint('fork here')}</kbd> to lose, delay or double it, or
        drag its arrowhead down. Here is what else can be turned:
      </p>
      <ChosenHere />
      <LeverList says="When people act" levers={levers.acts} />
      <LeverList says="How long links take, one way" levers={levers.latencies} />
      <h3 className="section-heading">The same run from a command line</h3>
      <p className="command-line">
        <code>{line}</code>
      </p>
      <p className="prose">
        <button
          type="button"
          className="outlined-button"
          onClick={() => actions.do('copy the command line')}
        >
          Copy it
        </button>
      </p>
    </>
  );
}

function LeverList({
  says,
  levers,
}: {
  readonly says: string;
  readonly levers: readonly Lever[];
}): ReactElement | null {
  const { actions } = useParts();
  if (levers.length === 0) return null;
  return (
    <>
      <h3 className="section-heading">{says}</h3>
      <ul className="levers">
        {levers.map((lever) => (
          // Another value is another field: what was being typed goes with the old one.
          <li key={`${lever.path} ${lever.value}`}>
            <LeverField
              says={lever.says}
              value={lever.value}
              run={(value) => actions.set(lever.path, value, `${lever.says} ${value}`)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Where the shown branch parts from the one it was forked from, and what comes of it. */
export function Difference(): ReactElement | null {
  const { traces, ghosts, actions } = useParts();
  const parting = useParting();
  const whatIf = useRenderer(whatIfOf);
  const parent = parentOf(whatIf);
  if (parent === null) return null;
  const before = ghosts.trace;
  const now = traces.trace;
  if (before.end === null || now.end === null) return null;
  if (parting === null) {
    return <p className="prose difference">It makes no difference to this call.</p>;
  }
  const { first, firstBefore, outcomes } = parting;
  const says = (trace: typeof now, record: typeof first, arrows: typeof traces): string => {
    if (record === null || trace.header === null) return 'Nothing more happens.';
    const sentence = eventSentence(record, arrows.view(arrowsOf), trace.header);
    // Of a message that leaves as before, what is different is how long it takes.
    return record.kind === 'sent'
      ? `${sentence} It takes ${millisWithUnit(record.arrivesAt - record.at)}.`
      : sentence;
  };
  return (
    <section className="difference" aria-label="What comes of it">
      <h3 className="section-heading">
        First difference<span>to “{parent.says}”, drawn behind</span>
      </h3>
      <dl className="facts padded">
        <dt>Before</dt>
        <dd>{says(before, firstBefore, ghosts)}</dd>
        <dt>Now</dt>
        <dd>
          {first === null ? (
            says(now, first, traces)
          ) : (
            <button
              type="button"
              className="link"
              onClick={() => actions.selectShown(first.number)}
            >
              {says(now, first, traces)}
            </button>
          )}
        </dd>
        {outcomes === null ? null : (
          <>
            <dt>Outcome</dt>
            <dd>{outcomes.join(' → ')}</dd>
          </>
        )}
      </dl>
      <Changes parting={parting} />
    </section>
  );
}

/** What is judged or measured otherwise. */
function Changes({ parting }: { readonly parting: Divergence }): ReactElement | null {
  const edit = useEdit();
  const rows = [
    ...parting.verdicts.map((change) => ({ ...change, name: change.clause, is: change.clause })),
    ...parting.metrics.map((change) => ({ ...change, is: null })),
  ];
  if (rows.length === 0) return null;
  return (
    <table className="metrics changes">
      <caption className="only-heard">What is judged or measured otherwise</caption>
      <tbody>
        {rows.map(({ name, before, now, is }) => (
          <tr key={name}>
            <th scope="row">
              {is === null ? (
                name
              ) : (
                <button type="button" className="link" onClick={() => edit(showEvidence(is))}>
                  {name}
                </button>
              )}
            </th>
            <td className="quiet">{before}</td>
            <td className="value">{now}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
