import type { ReactElement } from 'react';

import { gaps } from '../../sim-core/reading.ts';
import { showRunTab } from '../store/edits.ts';
import type { RunTab } from '../store/renderer-state.ts';
import { keyHint } from '../words/keys.ts';
import { GapRegister } from './gap-register.tsx';
import { SlackTab } from './requirements/slack-tab.tsx';
import { RunFacts, outcomeSentence } from './run-summary.tsx';
import { StateTab } from './state-tab.tsx';
import { TabList, TabPanel, type TabOf } from './tab-list.tsx';
import { WhatIfTab } from './what-if-tab.tsx';
import { useEdit, useParts, useRenderer } from './window-parts.ts';

const tabs: readonly TabOf<RunTab>[] = [
  { id: 'run', says: 'Run' },
  { id: 'state', says: 'State', keys: keyHint('state tab') },
  { id: 'what if', says: 'What if' },
  { id: 'gaps', says: 'Gaps', count: gaps.length },
  { id: 'slack', says: 'Slack', keys: keyHint('slack tab') },
];

const content: Readonly<Record<RunTab, ReactElement>> = {
  run: <RunFacts />,
  state: <StateTab />,
  'what if': <WhatIfTab />,
  gaps: <GapRegister />,
  slack: <SlackTab />,
};

/** The run as a whole: while nothing in it is selected. */
export function RunTabs(): ReactElement {
  const { traces } = useParts();
  const edit = useEdit();
  const tab = useRenderer((state) => state.runTab);
  const { header, end } = traces.trace;
  if (header === null || end === null) return <p className="empty">The run is coming in.</p>;
  return (
    <>
      <div className="inspector-head">
        <h2 className="inspector-title">
          <span className="inspector-name">{header.title}</span>
        </h2>
        <p className="inspector-says">{outcomeSentence(end)}</p>
        <p className="direction">
          Choose a message; <kbd>{keyHint('next message')}</kbd> goes through them.
        </p>
      </div>
      <TabList says="The run" tabs={tabs} shown={tab} show={(id) => edit(showRunTab(id))} />
      <TabPanel id={tab}>{content[tab]}</TabPanel>
    </>
  );
}
