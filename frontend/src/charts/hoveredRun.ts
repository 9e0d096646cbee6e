/** The run under the pointer: its row in the table, the metric it was pointed at in, and where the pointer is. */
export type HoveredRun = { row: number; metric: string; clientX: number; clientY: number };

/**
 * Tells all charts which run is under the pointer.
 *
 * Charts listen and move their markers themselves: the pointer moves too often to render a page of charts each time.
 */
export class HoveredRunStore {
  #hovered: HoveredRun | undefined;
  readonly #listeners = new Set<() => void>();

  readonly get = (): HoveredRun | undefined => this.#hovered;

  readonly set = (hovered: HoveredRun | undefined): void => {
    if (hovered === this.#hovered) return;
    this.#hovered = hovered;
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
