/** One thing that keys do on the page that is open. */
export type KeyAction = {
  /**
   * Any of these does it: "?", "j", "Shift+J", "Mod+Enter", "ArrowDown", "Space". Mod is the command key on a Mac and
   * Ctrl elsewhere. For signs such as "?" it does not matter whether they need shift.
   */
  keys: readonly string[];
  /** What it does, as the list of keys says it: "Open the run". */
  label: string;
  /** Without it the list only tells of a key that an element handles by itself. */
  run?: (event: KeyboardEvent) => void;
};

/** Keys of one part of a page, under a heading of the list. */
export type KeyGroup = { title: string; actions: readonly KeyAction[] };

/** What keys do at the moment. Pages put their keys in while they are open; of two for the same key the later acts. */
export class KeyRegistry {
  #groups: readonly KeyGroup[] = [];
  readonly #listeners = new Set<() => void>();

  /** The groups, in the order in which they were put in; the same array until that changes. */
  get groups(): readonly KeyGroup[] {
    return this.#groups;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** @returns takes the group out again */
  add(group: KeyGroup): () => void {
    this.#set([...this.#groups, group]);
    return () => this.#set(this.#groups.filter((other) => other !== group));
  }

  /** Does what a pressed key stands for. A key that an element has handled, or that belongs to one, is left alone. */
  handle = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || belongsToElement(event)) return;
    for (const { actions } of this.#groups.toReversed()) {
      const action = actions.find(({ keys, run }) => run && keys.some((key) => isPressed(key, event)));
      if (action?.run === undefined) continue;
      event.preventDefault();
      action.run(event);
      return;
    }
  };

  #set(groups: readonly KeyGroup[]): void {
    this.#groups = groups;
    for (const listener of this.#listeners) listener();
  }
}

const TYPING =
  'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable="true"], ' +
  '[role="textbox"], [role="searchbox"], [role="combobox"]';
const OVERLAYS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
const PRESSABLE =
  'a[href], button, summary, input, [role="button"], [role="tab"], [role="checkbox"], [role="switch"]';

/** Whether somebody is typing, or is in a dialog or menu over the page, or presses a button with the key. */
function belongsToElement({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPING) !== null || target.closest(OVERLAYS) !== null) return true;
  return (key === 'Enter' || key === ' ') && target.closest(PRESSABLE) !== null;
}

/** Whether a key of an action is the one that was pressed. */
export function isPressed(name: string, event: KeyboardEvent): boolean {
  const parts = name === '+' ? ['+'] : name.split('+');
  const key = parts.at(-1) === 'Space' ? ' ' : parts.at(-1);
  if (key?.toLowerCase() !== event.key.toLowerCase()) return false;
  if (parts.includes('Mod') !== (event.ctrlKey || event.metaKey)) return false;
  if (parts.includes('Alt') !== event.altKey) return false;
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase() && key !== ' ';
  return isSign || parts.includes('Shift') === event.shiftKey;
}
