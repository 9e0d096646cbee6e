/**
 * Tells all charts what is under the pointer.
 *
 * Charts listen and move their markers themselves: the pointer moves too often to render a page of charts each time.
 */
export class HoveredStore<Hovered> {
  #hovered: Hovered | undefined;
  readonly #listeners = new Set<() => void>();

  readonly get = (): Hovered | undefined => this.#hovered;

  readonly set = (hovered: Hovered | undefined): void => {
    if (hovered === this.#hovered) return;
    this.#hovered = hovered;
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
