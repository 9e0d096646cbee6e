import { address } from './address.ts';

/** Whether the server answers this page: `signIn` until the token is entered, `refused` if it takes it for a foreign one. */
export type AccessState =
  | { step: 'open' }
  | { step: 'signIn' }
  | { step: 'refused'; allowHost: string | undefined };

const OPEN: AccessState = { step: 'open' };

/** What the server's refusals have told. One for the page, as there is one server. */
class Access {
  #state: AccessState = OPEN;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): AccessState => this.#state;

  become(state: AccessState): void {
    if (state.step === this.#state.step) return;
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Resolves once the server answers this page, which may be at once. */
  whenOpen(): Promise<void> {
    if (this.#state.step === 'open') return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        if (this.#state.step !== 'open') return;
        stop();
        resolve();
      });
    });
  }
}

export const access = new Access();

/** Learns from an answer whether the server answers this page, and hands it on. All requests for data go through this. */
export async function watched(asked: Promise<Response>): Promise<Response> {
  const response = await asked;
  if (response.ok) access.become(OPEN);
  else if (response.status === 401 || response.status === 403) await learn(response.clone());
  return response;
}

async function learn(response: Response): Promise<void> {
  try {
    const { code, allowHost } = await response.json();
    if (code === 'SIGN_IN') access.become({ step: 'signIn' });
    else if (code === 'FOREIGN_ORIGIN' || code === 'UNKNOWN_HOST') {
      access.become({ step: 'refused', allowHost: typeof allowHost === 'string' ? allowHost : undefined });
    }
  } catch {
    // Not from the app itself: a proxy between.
  }
}

/** Asks whether the server answers this page: browsers do not tell why a WebSocket was refused. */
export async function probe(): Promise<void> {
  try {
    await watched(
      fetch(address('/graphql'), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ query: '{ __typename }' }),
      }),
    );
  } catch {
    // It is not there at the moment.
  }
}

/**
 * Signs in with the server's token.
 *
 * @returns a sentence where that failed
 */
export async function signIn(token: string): Promise<string | undefined> {
  try {
    const response = await fetch(address('/'), {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams({ token }),
    });
    if (response.ok) {
      access.become(OPEN);
      return undefined;
    }
    const { error } = await response.json();
    return typeof error === 'string' ? error : `The server answered ${response.status}.`;
  } catch {
    return 'The server cannot be reached.';
  }
}
