/**
 * The door for whoever reads a trace: types and pure readers and printers, nothing that runs a
 * simulation. The renderer's panels and the exporters come in here.
 */
export type { ClauseId } from './base/clause-id.ts';
export {
  exampleValue,
  withheldSwitches,
  possibleValues,
  profiles,
  switchesOf,
  switchTable,
  type Profile,
  type Switch,
  type SwitchName,
  type Switches,
} from './base/switches.ts';
export { firstPlace } from './base/first-place.ts';
export { markupText } from './base/markup-text.ts';
export { shellWord } from './base/shell-word.ts';
export {
  micros,
  milliseconds,
  printDuration,
  printMilliseconds,
  printSeconds,
  type Micros,
} from './base/micros.ts';
export type { ChoiceMade } from './run/choices-made.ts';
export { choiceText } from './kernel/choice-text.ts';
export type { NodeView, RunningTimer, StatesAround } from './run/node-states.ts';
export {
  isOwnPace,
  type Input,
  type NodeId,
  type Packet,
  type StateFact,
  type StateGroup,
  type UserAction,
} from './kernel/node.ts';
export type {
  HeardSource,
  Medium,
  MixingCell,
  Note,
  Observer,
  RecordNumber,
  TraceRecord,
} from './kernel/trace-record.ts';
export * from './sip/message.ts';
export * from './media/media-packet.ts';
export * from './media/rtp-packet.ts';
export { printGain } from './media/gain.ts';
export * from './resource-control/control-message.ts';
export type { Party, TraceHeader, TraceLink, TraceNode, Ended } from './trace/trace-header.ts';
export type { HearsInterval } from './trace/hears.ts';
export type { Clause, Strength } from './conformance/clause.ts';
export type { ClauseVerdict, Level, Verdict } from './conformance/verdict.ts';
export { metricTable, type Metrics } from './conformance/metrics.ts';
export type { Slack } from './conformance/slack.ts';
export { slackOf } from './conformance/slack-of-run.ts';
export type { Warning } from './conformance/warnings.ts';
export {
  alignMessages,
  type AlignedMessage,
  type MessageChange,
} from './compare/align-messages.ts';
export type { ExpectationResult, Run } from './run/run.ts';
export { printMetric } from './conformance/print-metric.ts';
export { printMessage } from './sip/print-message.ts';
export { printSdp } from './sdp/print-sdp.ts';
export type { Leg, MessageView, OfferAnswerMark } from './trace/message-view.ts';
export { messageInWords } from './trace/message-in-words.ts';
export { messageViewer, viewMessages, type MessageViewer } from './trace/view-messages.ts';
export { hearsIntervals } from './trace/hears-intervals.ts';
export {
  hearingOf,
  type Gap,
  type HeardStretch,
  type Hearing,
  type Overlap,
} from './trace/hearing.ts';
export { earOf, type Ear } from './sound/ear.ts';
export { soundsOf, telephoneRate, type Sounds } from './sound/sounds.ts';
export { textLadder, type LadderOptions } from './trace/text-ladder.ts';
export { wrapText } from './trace/text-ladder-row.ts';
export { lanesAsText, type TextLanesOptions } from './trace/lanes-as-text.ts';
export { traceIndex, type TraceIndex } from './trace/trace-index.ts';
export { explainRun, type Explaining } from './why/explain-run.ts';
export type { ExplainedRun, Why, WhyKind, WhyStep } from './why/why.ts';
export {
  clauses,
  explainClause,
  findClause,
  gaps,
  nearestClauseIds,
} from './conformance/catalogue.ts';
