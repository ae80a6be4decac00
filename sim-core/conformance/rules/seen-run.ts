import { look, sights } from '../../base/looking.ts';
import type { Micros } from '../../base/micros.ts';
import { forgetFar, type WorkedOut } from '../../base/worked-out.ts';
import { goesBy, type Clock } from '../moment.ts';
import type { SeenFar } from './observe-far.ts';
import type { Observation, Outage } from './observation.ts';

type Far =
  | 'commands'
  | 'notes'
  | 'states'
  | 'acts'
  | 'fired'
  | 'outages'
  | 'keys'
  | 'streams'
  | 'sources'
  | 'hearings'
  | 'endedAt';

/** What lies next to every rule: the SIP messages. */
type Near = Omit<Observation, Far | 'workedOut'>;

/** A run as it was seen. Whatever is not among the SIP messages notes that it is looked at. */
export class SeenRun implements Observation {
  readonly workedOut: WorkedOut = new Map();
  readonly header: Observation['header'];
  readonly ended: Observation['ended'];
  readonly timers: Observation['timers'];
  readonly nodes: Observation['nodes'];
  readonly messages: Observation['messages'];
  readonly requests: Observation['requests'];
  readonly responses: Observation['responses'];
  readonly transactions: Observation['transactions'];
  readonly byMethod: Observation['byMethod'];
  readonly dialogs: Observation['dialogs'];
  readonly dialogsByTag: Observation['dialogsByTag'];
  readonly invites: Observation['invites'];
  readonly expired: Observation['expired'];
  readonly behind: Observation['behind'];
  readonly messageOf: Observation['messageOf'];
  readonly effectOf: Observation['effectOf'];
  readonly causes: Observation['causes'];
  #far: Pick<Observation, Far>;
  readonly #clock: Clock;

  constructor(near: Near, far: Pick<Observation, Far>, clock: Clock) {
    this.header = near.header;
    this.ended = near.ended;
    this.timers = near.timers;
    this.nodes = near.nodes;
    this.messages = near.messages;
    this.requests = near.requests;
    this.responses = near.responses;
    this.transactions = near.transactions;
    this.byMethod = near.byMethod;
    this.dialogs = near.dialogs;
    this.dialogsByTag = near.dialogsByTag;
    this.invites = near.invites;
    this.expired = near.expired;
    this.behind = near.behind;
    this.messageOf = near.messageOf;
    this.effectOf = near.effectOf;
    this.causes = near.causes;
    this.#far = far;
    this.#clock = clock;
  }

  /** Whether it can show another run: nothing that it keeps knows the time but its clock. */
  get isReusable(): boolean {
    const { outages, keys, sources } = this.#far;
    return outages.length + keys.length + sources.length === 0;
  }

  /** Shows another run, in which all but what is farthest came in the same order, told alike. */
  showAgain(clock: Clock, far: SeenFar, endedAt: Micros): void {
    goesBy(this.#clock, clock);
    this.#far = { ...this.#far, ...far, endedAt };
    forgetFar(this.workedOut);
    for (const dialog of this.dialogs) forgetFar(dialog.workedOut);
  }

  get commands(): Observation['commands'] {
    look(sights.signalling);
    return this.#far.commands;
  }

  get notes(): Observation['notes'] {
    look(sights.signalling);
    return this.#far.notes;
  }

  get acts(): Observation['acts'] {
    look(sights.signalling);
    return this.#far.acts;
  }

  get fired(): Observation['fired'] {
    look(sights.all);
    return this.#far.fired;
  }

  get states(): Observation['states'] {
    look(sights.all);
    return this.#far.states;
  }

  /** That there were none, everybody may know; when they were is a matter of time. */
  get outages(): readonly Outage[] {
    const { outages } = this.#far;
    if (outages.length > 0) look(sights.all);
    return outages;
  }

  get keys(): Observation['keys'] {
    const { keys } = this.#far;
    look(keys.length > 0 ? sights.all : sights.signalling);
    return keys;
  }

  get streams(): Observation['streams'] {
    look(sights.all);
    return this.#far.streams;
  }

  get sources(): Observation['sources'] {
    const { sources } = this.#far;
    look(sources.length > 0 ? sights.all : sights.signalling);
    return sources;
  }

  get hearings(): Observation['hearings'] {
    look(sights.all);
    return this.#far.hearings;
  }

  get endedAt(): Micros {
    look(sights.all);
    return this.#far.endedAt;
  }
}
