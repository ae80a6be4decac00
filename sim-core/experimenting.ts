/**
 * The door for experiments: many runs of one scenario, and what differs between them. It reads
 * scenario texts, and so brings YAML and the schema.
 */
export {
  judgeWay,
  kindsOfEndings,
  situationsOn,
  type JudgedWay,
  type KindOfWay,
} from './explore/endings.ts';
export { actsMost, scenarioWithin, type ExploreBounds } from './explore/explore-bounds.ts';
export { explorerOf, type Explorer } from './explore/explorer.ts';
export { frontierOf, type FrontierAnswer, type FrontierQuestion } from './explore/frontier.ts';
export { placesOf } from './explore/place.ts';
export type { Way } from './explore/way-tree.ts';
export { witnessOf } from './explore/witness.ts';
export { readAxes, readAxis, type Axis } from './lab/axis.ts';
export { bisect, type Boundary } from './lab/bisect.ts';
export { boundaryBetween, changesIn } from './lab/boundaries.ts';
export { bundleOf, packBundle, unpackBundle, type Bundle } from './lab/bundle.ts';
export { diffRuns, type RunDifference } from './lab/diff-runs.ts';
export { findRaces, type Race } from './lab/races.ts';
export { replayBundle } from './lab/replay.ts';
export {
  classesOf,
  isMeasure,
  measures,
  rowsOf,
  runRow,
  type SweepPlan,
  type SweepRow,
} from './lab/sweep.ts';
export { csvHeader, csvLine, rowOfCsv } from './lab/sweep-csv.ts';
export { complaintsOfFailing, shrink, type Complaint, type Failing } from './lab/shrink.ts';
export { sweepColumns } from './lab/sweep-columns.ts';
export { sweepMap, sweepMapAsText } from './lab/sweep-map.ts';
export { sweepMapAsSvg } from './lab/sweep-svg.ts';
export { textOfBundle } from './lab/text-of-bundle.ts';
export { variantsOf } from './lab/variants.ts';
