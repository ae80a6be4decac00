/** Every upper bound, named. Reaching one ends the run in so many words; nothing grows unseen. */
export const limits = {
  /** Events of one run. */
  eventsMost: 5_000_000,
  /** Events of one run that happen at one and the same instant. */
  eventsAtOneInstantMost: 100_000,
  scheduledEventsMost: 1 << 22,
  /** Running timers of one node. */
  timersMost: 10_000,
  /** Entities of one scenario. */
  nodesMost: 64,
  linksMost: 512,
  faultsMost: 256,
  actsMost: 1_000,
} as const;
