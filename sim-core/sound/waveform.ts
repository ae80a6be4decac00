/** A sound as the function of its own sample count, from 0; −32767 to 32767 at full gain. */
export type Waveform = (sample: number) => number;

/** Where a sound's count begins. */
export type Origin =
  /** With the run: a voice is not the same a second later. */
  | 'run'
  /** When the ear first hears it: a resource goes on under whatever interrupts it. */
  | 'first heard'
  /** Whenever it begins again: a tone of the terminal's own has one pattern. */
  | 'each time';

export interface Sound {
  readonly waveform: Waveform;
  readonly origin: Origin;
}
