import type { ReactElement } from 'react';

import { answersOf, questionsOf } from '../judgement/lesson.ts';
import type { Lesson } from '../store/doors.ts';
import type { TraceView } from '../store/trace-store.ts';
import { millisWithUnit } from '../words/times.ts';
import { IconButton } from './icons.tsx';
import { useParts, useRenderer, useTrace } from './window-parts.ts';

/** The lesson beside the call: what is asked, whether the answer was right, what comes next. */
export function LessonPanel(): ReactElement | null {
  const lesson = useRenderer(({ doors }) => doors.lesson);
  const ready = useRenderer((state) => state.run.kind === 'ready');
  if (lesson === null || !ready) return null;
  return <Under lesson={lesson} />;
}

function Under({ lesson }: { readonly lesson: Lesson }): ReactElement {
  const { actions } = useParts();
  const questions = useTrace(questionsOf);
  const question = questions[lesson.at];
  return (
    <section className="lesson" aria-label="Lesson" aria-live="polite">
      <div className="lesson-head">
        <span className="quiet">
          Lesson 1, turn {Math.min(lesson.at + 1, questions.length)} of {questions.length}
        </span>
        <IconButton
          icon="close"
          says="End the lesson"
          className="small"
          onPress={() => actions.doors.endLesson()}
        />
      </div>
      {lesson.changed ? (
        <Changed />
      ) : question === undefined ? (
        <BreakIt />
      ) : !lesson.asked ? (
        <p>The call plays slowly. It stops when something changes for A.</p>
      ) : lesson.answered === null ? (
        <Asked />
      ) : (
        <Answered
          answered={lesson.answered}
          answer={question.answer}
          last={questions.length - 1 <= lesson.at}
        />
      )}
    </section>
  );
}

function Asked(): ReactElement {
  const { actions } = useParts();
  const answers = useTrace(answersOf);
  return (
    <>
      <p className="lesson-asks">What does A hear now?</p>
      <div className="lesson-answers">
        {answers.map((words) => (
          <button
            key={words}
            type="button"
            className="outlined-button"
            onClick={() => actions.doors.answer(words)}
          >
            {words}
          </button>
        ))}
      </div>
    </>
  );
}

function Answered({
  answered,
  answer,
  last,
}: {
  readonly answered: string;
  readonly answer: string;
  readonly last: boolean;
}): ReactElement {
  const { actions } = useParts();
  const turn = useRenderer(({ doors }) => doors.lesson?.at ?? 0);
  const says = answer.slice(0, 1).toLowerCase() + answer.slice(1);
  const verdict = answered === answer ? 'Yes.' : `No, not ${answered.toLowerCase()}.`;
  return (
    <>
      <p className="lesson-asks">
        {verdict} A hears {answer.startsWith('B') ? answer : says}.
      </p>
      <div className="lesson-answers">
        <button type="button" className="solid-button" onClick={() => actions.doors.goOn()}>
          {last ? 'And now?' : 'Go on'}
        </button>
        {turn === 0 ? null : (
          <button type="button" className="outlined-button" onClick={() => actions.doors.breakIt()}>
            Break it
          </button>
        )}
      </div>
    </>
  );
}

function BreakIt(): ReactElement {
  const { actions } = useParts();
  return (
    <>
      <p className="lesson-asks">
        Now change one thing: put B 150 ms away, and see when A hears B.
      </p>
      <button type="button" className="solid-button" onClick={() => actions.doors.breakIt()}>
        Break it
      </button>
    </>
  );
}

/** When A first hears B; null where it never does. */
const firstHeardOf: TraceView<number | null> = (_trace, view) =>
  view(questionsOf).find(({ answer }) => /\bB\b/.test(answer))?.at ?? null;

function Changed(): ReactElement {
  const { ghosts } = useParts();
  useRenderer((state) => state.ghostVersion);
  const before = ghosts.view(firstHeardOf);
  const now = useTrace(firstHeardOf);
  const words = (at: number | null): string => (at === null ? 'never' : `at ${millisWithUnit(at)}`);
  return (
    <p className="lesson-asks">
      A heard B {words(before)}; now {words(now)}. The ladder of before stands behind this one.
    </p>
  );
}
