import { agreedMedia } from './agreed-media.ts';
import { answers } from './answers.ts';
import { descriptionHistory } from './description-history.ts';
import { descriptions } from './descriptions.ts';
import { earlyMediaBehaviour } from './early-media.ts';
import { earlySessions } from './early-sessions.ts';
import { offersAndAnswers } from './offers-and-answers.ts';
import { pEarlyMedia } from './p-early-media.ts';
import { preconditions } from './preconditions.ts';
import { provisionalAcknowledgements } from './provisional-acknowledgements.ts';
import { reliableProvisionals } from './reliable-provisionals.ts';
import type { Rule } from './rule.ts';
import { updateAnswers } from './update-answers.ts';
import { updates } from './updates.ts';

/** Families in the order of the catalogue, each by its numbers. */
const families: readonly (readonly Rule[])[] = [
  [...reliableProvisionals, ...provisionalAcknowledgements],
  [...updates, ...updateAnswers],
  [...offersAndAnswers, ...answers, ...descriptionHistory, ...agreedMedia],
  descriptions,
  earlySessions,
  earlyMediaBehaviour,
  pEarlyMedia,
  preconditions,
];

/** R-PRK, R-UPD, R-OA, R-SDP, R-ES, R-EM, R-PEM and R-PRE. */
export const negotiationRules: readonly Rule[] = /* @__PURE__ */ families.flatMap((family) =>
  [...family].sort((a, b) => (a.id < b.id ? -1 : 1)),
);
