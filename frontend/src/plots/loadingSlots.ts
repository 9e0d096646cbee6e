type Request = { urgent: boolean; start: () => void; started: boolean };

/**
 * Lets only so many figures load at a time: each starts Plotly anew in a frame of its own, and all at once would keep
 * the reader waiting for the first as long as for the last. Urgent ones go first, others in the order they came.
 */
export class LoadingSlots {
  readonly #limit: number;
  readonly #requests = new Set<Request>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Asks for a slot.
   *
   * @param start is called once there is one, perhaps at once
   * @returns gives the slot back, or withdraws the request; calling it again does nothing
   */
  request(urgent: boolean, start: () => void): () => void {
    const request = { urgent, start, started: false };
    this.#requests.add(request);
    this.#fill();
    return () => {
      if (this.#requests.delete(request)) this.#fill();
    };
  }

  #fill(): void {
    for (;;) {
      const all = [...this.#requests];
      if (all.filter(({ started }) => started).length >= this.#limit) return;
      const waiting = all.filter(({ started }) => !started);
      const next = waiting.find(({ urgent }) => urgent) ?? waiting[0];
      if (next === undefined) return;
      next.started = true;
      next.start();
    }
  }
}
