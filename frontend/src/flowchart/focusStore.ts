/** How a node or an edge stands out: it is in focus itself, next to what is, or neither. */
export type Emphasis = 'focus' | 'near' | 'plain';

/**
 * Which node is in focus: the one under the pointer, else the selected one.
 *
 * Nodes and edges listen one by one, so that moving the pointer renders a handful of them and not the whole picture.
 */
export class FocusStore {
  #neighbours: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  #hovered: string | undefined;
  #selected: string | undefined;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  update(change: {
    neighbours?: ReadonlyMap<string, ReadonlySet<string>>;
    hovered?: string | null;
    selected?: string | null;
  }): void {
    if (change.neighbours) this.#neighbours = change.neighbours;
    if (change.hovered !== undefined) this.#hovered = change.hovered ?? undefined;
    if (change.selected !== undefined) this.#selected = change.selected ?? undefined;
    for (const listener of this.#listeners) listener();
  }

  ofNode(id: string): Emphasis {
    const focus = this.#hovered ?? this.#selected;
    if (focus === undefined) return 'plain';
    if (id === focus) return 'focus';
    return this.#neighbours.get(focus)?.has(id) ? 'near' : 'plain';
  }

  ofEdge(source: string, target: string): Emphasis {
    const focus = this.#hovered ?? this.#selected;
    return focus !== undefined && (source === focus || target === focus) ? 'near' : 'plain';
  }
}
