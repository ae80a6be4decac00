import type { ReactElement, ReactNode } from 'react';

import type { MessageView, TraceHeader } from '../../sim-core/reading.ts';
import { clausesShownBy } from '../ladder/evidence.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { showTab } from '../store/edits.ts';
import type { InspectorTab } from '../store/renderer-state.ts';
import { eventSentence } from '../words/event-sentence.ts';
import { keyHint } from '../words/keys.ts';
import { messageSentence } from '../words/message-sentence.ts';
import { directionWords } from '../words/parties.ts';
import { ClauseView } from './clause-view.tsx';
import { Told } from './glossary.tsx';
import { IconButton } from './icons.tsx';
import { MessageFacts } from './message-facts.tsx';
import { MessageTab } from './message-tab.tsx';
import { MarkTags, hueOfLeg } from './offer-answer-tags.tsx';
import { RequirementsTab } from './requirements-tab.tsx';
import { RunTabs } from './run-tabs.tsx';
import { SdpTab } from './sdp-tab.tsx';
import { StateTab } from './state-tab.tsx';
import { TabList, TabPanel, type TabOf } from './tab-list.tsx';
import { WhyTab } from './why-tab.tsx';
import { useEdit, useParts, useRenderer, useTrace } from './window-parts.ts';

/** What is selected: a clause's evidence, a message, another record, or else the run. */
export function Inspector(): ReactElement {
  const { traces } = useParts();
  useRenderer((state) => state.traceVersion);
  const selected = useRenderer((state) => state.selected);
  const clause = useRenderer((state) => state.clause);
  const arrows = useTrace(arrowsOf);
  const { header, records } = traces.trace;
  let content: ReactNode = null;
  if (header === null) content = <p className="empty">Nothing has run yet.</p>;
  else if (clause !== null) content = <ClauseView clause={clause} />;
  else if (selected === null) content = <RunTabs />;
  else {
    const message = arrows.messageOf.get(arrows.arrowOf.get(selected) ?? '');
    const record = records[selected - 1];
    if (message !== undefined) content = <SelectedMessage message={message} header={header} />;
    else if (record !== undefined) {
      content = <SelectedRecord says={eventSentence(record, arrows, header)} />;
    }
  }
  return (
    <aside className="inspector inset-focus" data-region="inspector" aria-label="Inspector">
      {content}
    </aside>
  );
}

function SelectedMessage({
  message,
  header,
}: {
  readonly message: MessageView;
  readonly header: TraceHeader;
}): ReactElement {
  const tab = useRenderer((state) => state.tab);
  return (
    <>
      <div className="inspector-head">
        <h2 className="inspector-title">
          {message.step === null ? null : <span className="badge">{message.step}</span>}
          <span className="inspector-name">{message.text}</span>
          <MarkTags marks={message.marks} hue={hueOfLeg(message.leg)} />
          <span className="direction">{directionWords(header, message.from, message.to)}</span>
          <Neighbours />
        </h2>
        <p className="inspector-says">
          <Told text={messageSentence(message, header)} />
        </p>
        <MessageFacts message={message} header={header} />
      </div>
      <Tabs />
      <TabPanel id={tab}>
        <Shown tab={tab} message={message} />
      </TabPanel>
    </>
  );
}

function Shown({
  tab,
  message,
}: {
  readonly tab: InspectorTab;
  readonly message: MessageView;
}): ReactElement {
  switch (tab) {
    case 'message':
      return <MessageTab message={message} />;
    case 'sdp':
      return <SdpTab message={message} />;
    case 'state':
      return <StateTab />;
    case 'why':
      return <WhyTab />;
    case 'requirements':
      return <RequirementsTab />;
  }
}

/** What is no message: what it says, and all but its text. */
function SelectedRecord({ says }: { readonly says: string }): ReactElement {
  const tab = useRenderer((state) => state.tab);
  const edit = useEdit();
  const shown = tab === 'state' || tab === 'requirements' ? tab : 'why';
  const tabs: readonly TabOf<InspectorTab>[] = [
    { id: 'state', says: 'State', keys: keyHint('state tab') },
    { id: 'why', says: 'Why', keys: keyHint('why tab') },
    { id: 'requirements', says: 'Requirements', keys: keyHint('requirements tab') },
  ];
  return (
    <>
      <p className="inspector-says alone">
        <Told text={says} />
      </p>
      <TabList says="Inspector" tabs={tabs} shown={shown} show={(id) => edit(showTab(id))} />
      <TabPanel id={shown}>
        {shown === 'state' ? <StateTab /> : shown === 'why' ? <WhyTab /> : <RequirementsTab />}
      </TabPanel>
    </>
  );
}

function Neighbours(): ReactElement {
  const { actions } = useParts();
  return (
    <span className="neighbours">
      <IconButton
        icon="up"
        says="Previous message"
        keys={keyHint('previous message')}
        className="small"
        onPress={() => actions.do('previous message')}
      />
      <IconButton
        icon="down"
        says="Next message"
        keys={keyHint('next message')}
        className="small"
        onPress={() => actions.do('next message')}
      />
    </span>
  );
}

function Tabs(): ReactElement {
  const edit = useEdit();
  const { traces } = useParts();
  const tab = useRenderer((state) => state.tab);
  const selected = useRenderer((state) => state.selected);
  const shown = clausesShownBy(traces.trace, useTrace(arrowsOf), selected);
  const tabs: readonly TabOf<InspectorTab>[] = [
    { id: 'message', says: 'Message', keys: keyHint('message tab') },
    { id: 'sdp', says: 'SDP', keys: keyHint('SDP tab') },
    { id: 'state', says: 'State', keys: keyHint('state tab') },
    { id: 'why', says: 'Why', keys: keyHint('why tab') },
    {
      id: 'requirements',
      says: 'Requirements',
      keys: keyHint('requirements tab'),
      count: shown.size,
    },
  ];
  return <TabList says="Inspector" tabs={tabs} shown={tab} show={(id) => edit(showTab(id))} />;
}
