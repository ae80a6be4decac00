import type { ReactElement } from 'react';

import { lessons, type LessonPlan, type Question } from '../judgement/lesson.ts';
import { showGlossary } from '../store/door-edits.ts';
import type { Lesson } from '../store/doors.ts';
import { millisWithUnit } from '../words/times.ts';
import { Told } from './glossary.tsx';
import { IconButton } from './icons.tsx';
import { useEdit, useParts, useRenderer, useTrace } from './window-parts.ts';

/** The lesson beside the call: what is asked, whether the answer was right, what comes next. */
export function LessonPanel(): ReactElement | null {
  const lesson = useRenderer(({ doors }) => doors.lesson);
  const ready = useRenderer((state) => state.run.kind === 'ready');
  if (lesson === null || !ready) return null;
  return <Under lesson={lesson} />;
}

function Under({ lesson }: { readonly lesson: Lesson }): ReactElement {
  const { actions } = useParts();
  const edit = useEdit();
  const plan = lessons[lesson.number];
  const questions = useTrace(plan.turns);
  const question = questions[lesson.at];
  return (
    <section className="lesson" aria-label="Lesson" aria-live="polite">
      <div className="lesson-head">
        <span className="quiet">
          Lesson {lesson.number}, {plan.title.toLowerCase()}, turn{' '}
          {Math.min(lesson.at + 1, questions.length)} of {questions.length}
        </span>
        <span className="far">
          <button
            type="button"
            className="link quiet"
            onClick={() => edit(showGlossary({ term: null }))}
          >
            Glossary
          </button>
          <IconButton
            icon="close"
            says="End the lesson"
            className="small"
            onPress={() => actions.doors.endLesson()}
          />
        </span>
      </div>
      {lesson.changed ? (
        <Changed plan={plan} />
      ) : question === undefined ? (
        <BreakIt plan={plan} />
      ) : !lesson.asked ? (
        <p>{plan.waits}</p>
      ) : lesson.answered === null ? (
        <Asked plan={plan} question={question} />
      ) : (
        <Answered
          answered={lesson.answered}
          question={question}
          last={questions.length - 1 <= lesson.at}
        />
      )}
    </section>
  );
}

function Asked({
  plan,
  question,
}: {
  readonly plan: LessonPlan;
  readonly question: Question;
}): ReactElement {
  const { actions } = useParts();
  const answers = useTrace(plan.answers);
  return (
    <>
      <p className="lesson-asks">
        <Told text={question.asks} />
      </p>
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
  question,
  last,
}: {
  readonly answered: string;
  readonly question: Question;
  readonly last: boolean;
}): ReactElement {
  const { actions } = useParts();
  const turn = useRenderer(({ doors }) => doors.lesson?.at ?? 0);
  const right = answered === question.answer;
  // What was answered keeps its capital where it is a name.
  const given =
    answered === 'B' ? answered : answered.slice(0, 1).toLowerCase() + answered.slice(1);
  return (
    <>
      <p className="lesson-asks">
        <Told text={`${right ? 'Yes.' : `No, not ${given}.`} ${question.says}`} />
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

function BreakIt({ plan }: { readonly plan: LessonPlan }): ReactElement {
  const { actions } = useParts();
  return (
    <>
      <p className="lesson-asks">{plan.invites}</p>
      <div className="lesson-answers">
        <button type="button" className="solid-button" onClick={() => actions.doors.breakIt()}>
          Break it
        </button>
      </div>
    </>
  );
}

function Changed({ plan }: { readonly plan: LessonPlan }): ReactElement {
  const { ghosts } = useParts();
  useRenderer((state) => state.ghostVersion);
  const before = ghosts.view(plan.movesAt);
  const now = useTrace(plan.movesAt);
  const words = (at: number | null): string => (at === null ? 'never' : `at ${millisWithUnit(at)}`);
  return (
    <p className="lesson-asks">
      {plan.moves} {words(before)}; now {words(now)}. The ladder of before stands behind this one.
    </p>
  );
}
