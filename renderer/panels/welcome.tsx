import type { ReactElement, ReactNode } from 'react';

import { lessons } from '../judgement/lesson.ts';
import { showGlossary } from '../store/door-edits.ts';
import type { Door, LessonNumber } from '../store/doors.ts';
import { glossary } from '../words/glossary.ts';
import { keyHint, printKeys } from '../words/keys.ts';
import { StandingGlyph } from './glyphs.tsx';
import { FlowPicture, HearingPicture, TimingPicture } from './welcome-pictures.tsx';
import { useEdit, useParts, useRenderer } from './window-parts.ts';

interface DoorWords {
  readonly door: Door;
  readonly whom: string;
  readonly asks: string;
  readonly says: string;
  readonly enter: string;
  readonly picture: ReactNode;
  /** Scenarios to start with; the first is what the button opens. */
  readonly places: readonly Place[];
}

/** What a door leads to beside its button. */
type Place =
  | { readonly kind: 'scenario'; readonly key: string }
  | { readonly kind: 'lesson'; readonly number: LessonNumber }
  | { readonly kind: 'glossary' }
  | { readonly kind: 'timing map'; readonly key: string };

const scenario = (key: string): Place => ({ kind: 'scenario', key });

const doors: readonly DoorWords[] = [
  {
    door: 'review',
    whom: 'Standards authors',
    asks: 'Does the flow do what the text says?',
    says:
      'Opens the 11-step Continue flow with every clause beside it. ' +
      'Click a clause and its arrows light up; click an arrow and its clauses are told.',
    enter: 'Review a flow',
    picture: <FlowPicture />,
    places: [
      'continue/as-in-the-figure',
      'gateway-mode/ring-stops-at-the-answer',
      'application-server-mode/n-05-client-b-answers-in-180',
    ].map(scenario),
  },
  {
    door: 'learn',
    whom: 'Students',
    asks: 'Who hears what, and why?',
    says:
      'Plays the call slowly and stops at each turn to ask what is heard. ' +
      'Then change one thing and hear the difference.',
    enter: 'Start lesson 1',
    picture: <HearingPicture />,
    places: [
      ...([1, 2, 3] as const).map((number): Place => ({ kind: 'lesson', number })),
      { kind: 'glossary' },
    ],
  },
  {
    door: 'replay',
    whom: 'Engineers',
    asks: 'What breaks when timing moves?',
    says:
      'Opens an edge case at the moment it goes wrong. ' +
      'Move a latency, lose a message, and copy the command line of what you see.',
    enter: 'Replay an edge case',
    picture: <TimingPicture />,
    places: [
      ...['loss/last-ack-lost', 'loss/ls-05-prack-lost', 'loss/ls-24-satellite-leg'].map(scenario),
      { kind: 'timing map', key: 'continue/as-in-the-figure' },
    ],
  },
];

/** The doors: what is shown before anything is open. */
export function Welcome(): ReactElement {
  return (
    <main className="welcome scrolls" data-region="ladder">
      <div className="welcome-page">
        <h1>What do you want to find out?</h1>
        <p className="welcome-lead">
          Ringscope runs CMR call flows one event at a time, on a clock you control. Nothing leaves
          this computer.
        </p>
        <div className="doors">
          {doors.map((words) => (
            <DoorCard key={words.door} {...words} />
          ))}
        </div>
        <Recent />
        <footer className="welcome-foot">
          <span>Or drop a scenario or a run bundle anywhere in this window.</span>
          <span className="welcome-keys">
            <span>
              <kbd>{keyHint('open a file')}</kbd> open
            </span>
            <span>
              <kbd>{keyHint('run or pause')}</kbd> run, pause
            </span>
            <span>
              <kbd>{printKeys('ArrowLeft')}</kbd> <kbd>{printKeys('ArrowRight')}</kbd> step
            </span>
            <span>
              <kbd>{keyHint('keys')}</kbd> all keys
            </span>
          </span>
        </footer>
      </div>
    </main>
  );
}

function DoorCard(words: DoorWords): ReactElement {
  const enter = useEntering(words.door);
  const [first] = words.places;
  return (
    <section className="door" aria-label={words.whom}>
      <div className="door-picture" aria-hidden="true">
        {words.picture}
      </div>
      <p className="quiet">{words.whom}</p>
      <h2>{words.asks}</h2>
      <p className="door-says">{words.says}</p>
      <button
        type="button"
        className="solid-button"
        onClick={() => {
          if (first !== undefined) enter(first);
        }}
      >
        {words.enter}
      </button>
      <ul className="door-places">
        {words.places.map((place) => (
          <li key={JSON.stringify(place)}>
            <button type="button" onClick={() => enter(place)}>
              <PlaceWords place={place} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useEntering(door: Door): (place: Place) => void {
  const { actions } = useParts();
  const edit = useEdit();
  return (place) => {
    switch (place.kind) {
      case 'scenario':
        return actions.doors.enter(door, place.key);
      case 'lesson':
        return actions.doors.teach(place.number);
      case 'timing map':
        return actions.doors.map(place.key);
      case 'glossary':
        return edit(showGlossary({ term: null }));
    }
  };
}

function PlaceWords({ place }: { readonly place: Place }): ReactElement {
  switch (place.kind) {
    case 'scenario':
      return <ScenarioWords scenario={place.key} />;
    case 'lesson':
      return (
        <span className="scenario-title">
          {place.number} {lessons[place.number].title}
        </span>
      );
    case 'timing map':
      return <span className="scenario-title">Timing map, latency A by latency B</span>;
    case 'glossary':
      return (
        <>
          <span className="scenario-title">Glossary</span>
          <span className="quiet">{glossary.length} terms</span>
        </>
      );
  }
}

function ScenarioWords({ scenario: wanted }: { readonly scenario: string }): ReactElement {
  const entry = useRenderer(({ scenarios }) => scenarios.find(({ key }) => key === wanted));
  return (
    <>
      <span className="scenario-title">{entry?.title ?? wanted}</span>
      <StandingGlyph standing={entry?.standing ?? null} />
    </>
  );
}

function Recent(): ReactElement | null {
  const { actions } = useParts();
  const recent = useRenderer(({ doors: { recent: files } }) => files);
  if (recent.length === 0) return null;
  return (
    <section className="recent" aria-label="Opened before">
      <h2>Opened before</h2>
      <ul>
        {recent.map(({ id, name }) => (
          <li key={id}>
            <button type="button" className="plain-button" onClick={() => actions.openRecent(id)}>
              {name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
