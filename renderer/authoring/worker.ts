import type { AuthoringDeed, AuthoringDeeds, FromAuthoring, ToAuthoring } from './protocol.ts';
import { checkText, completeText, formatText, setInText, templates } from './worker/texts.ts';

type Answers = {
  readonly [Deed in AuthoringDeed]: (
    asks: AuthoringDeeds[Deed]['asks'],
  ) => AuthoringDeeds[Deed]['answers'] | Promise<AuthoringDeeds[Deed]['answers']>;
};

const answers: Answers = {
  check: ({ name, text }) => checkText(name, text),
  complete: ({ text, offset }) => completeText(text, offset),
  format: ({ text }) => formatText(text),
  set: ({ text, path, value }) => setInText(text, path, value),
  templates,
  // Bundles run scenarios: their part is loaded when the first one comes.
  async unpack({ bytes }) {
    const { unpack } = await import('./worker/bundles.ts');
    return unpack(bytes);
  },
  async pack(asks) {
    const { pack } = await import('./worker/bundles.ts');
    return pack(asks);
  },
};

self.addEventListener('message', (event: MessageEvent<ToAuthoring>) => {
  void serve(event.data);
});

async function serve({ id, deed, asks }: ToAuthoring): Promise<void> {
  try {
    // Deed and question belong together, as the protocol says.
    const answer = await answers[deed](asks as never);
    post({ id, answer });
  } catch (error) {
    post({ id, refused: error instanceof Error ? error.message : String(error) });
  }
}

function post(message: FromAuthoring): void {
  self.postMessage(message);
}
