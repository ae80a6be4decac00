import type { ReactElement, ReactNode } from 'react';

import type { Door } from '../store/doors.ts';
import { keyHint, printKeys } from '../words/keys.ts';
import { StandingGlyph } from './glyphs.tsx';
import { FlowPicture, HearingPicture, TimingPicture } from './welcome-pictures.tsx';
import { useParts, useRenderer } from './window-parts.ts';

interface DoorWords {
  readonly door: Door;
  readonly whom: string;
  readonly asks: string;
  readonly says: string;
  readonly enter: string;
  readonly picture: ReactNode;
  /** Keys of scenarios to start with; the first is what the button opens. */
  readonly places: readonly string[];
}

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
    ],
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
      'continue/as-in-the-figure',
      'gateway-mode/ring-stops-at-the-answer',
      'http-mode/n-02-client-a-fetches-its-ring-back-tone',
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
    places: ['loss/last-ack-lost', 'loss/ls-05-prack-lost', 'loss/ls-24-satellite-leg'],
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
  const { actions } = useParts();
  const scenarios = useRenderer((state) => state.scenarios);
  const places = words.places.flatMap((key) => scenarios.find((one) => one.key === key) ?? []);
  const first = places[0] ?? scenarios[0];
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
        disabled={first === undefined}
        onClick={() => {
          if (first !== undefined) actions.doors.enter(words.door, first.key);
        }}
      >
        {words.enter}
      </button>
      <ul className="door-places">
        {places.map(({ key, title, standing }) => (
          <li key={key}>
            <button type="button" onClick={() => actions.doors.enter(words.door, key)}>
              <span className="scenario-title">{title}</span>
              <StandingGlyph standing={standing} />
            </button>
          </li>
        ))}
      </ul>
    </section>
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
