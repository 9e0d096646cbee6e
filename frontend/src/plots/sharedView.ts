/**
 * What several plots show together: which part of them is zoomed into. Whoever changes it tells the others. Nothing is
 * rendered for it, so that a hundred plots follow a pointer.
 */
export class SharedView<View> {
  #view: View | undefined;
  readonly #listeners = new Map<object, (view: View | undefined) => void>();
  readonly #watchers = new Set<() => void>();

  /** Undefined for what each plot shows by itself. */
  get view(): View | undefined {
    return this.#view;
  }

  /** @param source who shows it already, and is not told */
  show(view: View | undefined, source?: object): void {
    const wasZoomed = this.#view !== undefined;
    this.#view = view;
    for (const [listener, tell] of this.#listeners) {
      if (listener !== source) tell(view);
    }
    if (wasZoomed !== (view !== undefined)) {
      for (const watch of this.#watchers) watch();
    }
  }

  /** @returns ends it */
  listen(listener: object, tell: (view: View | undefined) => void): () => void {
    this.#listeners.set(listener, tell);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back when something is zoomed into, and when nothing is any more. */
  readonly watchZoomed = (watch: () => void): (() => void) => {
    this.#watchers.add(watch);
    return () => this.#watchers.delete(watch);
  };

  readonly isZoomed = (): boolean => this.#view !== undefined;
}
