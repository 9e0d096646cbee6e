/** A place on the axis under the pointer, and the chart that it was pointed at in. */
export type HoveredPlace = { place: number; chart: string };

/**
 * Tells all charts which place is under the pointer.
 *
 * Charts listen and move their markers themselves: the pointer moves too often to render a page of charts each time.
 */
export class HoveredPlaceStore {
  #hovered: HoveredPlace | undefined;
  readonly #listeners = new Set<() => void>();

  readonly get = (): HoveredPlace | undefined => this.#hovered;

  readonly set = (hovered: HoveredPlace | undefined): void => {
    if (hovered === this.#hovered) return;
    this.#hovered = hovered;
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
