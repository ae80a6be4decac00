import { clause } from './clause-id.ts';
import type { Defect } from './defects.ts';

/** What terminals do wrong with media, and what the Resource Server does. */
export const mediaTable = [
  {
    name: 'sends-unnamed-codec',
    role: 'cmr-client',
    breaks: [clause('R-OA-11')],
    says: 'Sends its media in a format that the other end has not named.',
  },
  {
    name: 'goes-deaf-in-the-call',
    role: 'cmr-client',
    breaks: [clause('R-OA-12')],
    says: 'Plays nothing of what arrives once the call is answered.',
  },
  {
    name: 'leaves-old-place-at-once',
    role: 'cmr-client',
    breaks: [clause('R-OA-17')],
    says: 'Listens no more where it did as soon as it has offered another place.',
  },
  {
    name: 'hears-on-after-refusal',
    role: 'cmr-client',
    breaks: [clause('R-EM-01')],
    says: 'Goes on playing early media after the call has been refused.',
  },
  {
    name: 'keeps-early-session-open',
    role: 'cmr-client',
    breaks: [clause('R-ES-06')],
    says: 'Goes on playing its early session in the call.',
  },
  {
    name: 'takes-silence-for-a-ban',
    role: 'cmr-client',
    breaks: [clause('R-PEM-06')],
    says: 'Takes early media for forbidden when a message has no P-Early-Media.',
  },
  {
    name: 'plays-what-is-forbidden',
    role: 'cmr-client',
    breaks: [clause('R-PEM-03')],
    says: 'Plays early media whatever P-Early-Media says.',
  },
  {
    name: 'keeps-gate-shut',
    role: 'cmr-client',
    breaks: [clause('R-PEM-07')],
    says: 'Obeys P-Early-Media in the call, too.',
  },
  {
    name: 'refreshes-ringing-late',
    role: 'cmr-client',
    breaks: [clause('R-TX-20')],
    says: 'Lets four minutes pass before it says again that it rings.',
  },
  {
    name: 'mixes-under-foreign-name',
    role: 'cmr-resource-server',
    breaks: [clause('R-RTP-01')],
    says: 'Mixes under the SSRC of one of the streams it mixes.',
  },
  {
    name: 'renames-what-it-forwards',
    role: 'cmr-resource-server',
    breaks: [clause('R-RTP-02')],
    says: 'Forwards a stream under an SSRC of its own.',
  },
] as const satisfies readonly Defect[];
