/** A column that a chart can draw. */
export type ColumnChoice = {
  /** By which it is known everywhere: `metrics.evaluate.r2_score`. */
  name: string;
  /** Within its group: `r2_score`. */
  label: string;
  /** Where it stands alone, if another column has the same label: `r2_score of evaluate`. */
  fullLabel?: string | undefined;
  /** What it stands under: "Run", "Parameters", or the metrics of a dataset. */
  group: string;
  /** How many runs have it, where that is known. */
  runs?: number | undefined;
};

/** A line of a list of columns. Headings cannot be chosen. */
export type ChoiceLine =
  | { kind: 'group'; group: string }
  | { kind: 'column'; choice: ColumnChoice; position: number }
  /** Stands for no column. */
  | { kind: 'none'; label: string; position: number };

/** Columns whose names or groups have every word of a search, whatever the case. */
export function findColumns(choices: readonly ColumnChoice[], search: string): readonly ColumnChoice[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return choices;
  return choices.filter(({ name, label, group }) => {
    const text = `${group} ${name} ${label}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/**
 * The lines of a list: columns under the headings of their groups, in the order they come. What can be chosen is
 * numbered.
 *
 * @param none what stands for no column; undefined where there must be one
 */
export function choiceLines(choices: readonly ColumnChoice[], none: string | undefined): ChoiceLine[] {
  const lines: ChoiceLine[] = [];
  let position = 0;
  if (none !== undefined) lines.push({ kind: 'none', label: none, position: position++ });
  let group: string | undefined;
  for (const choice of choices) {
    if (choice.group !== group) {
      group = choice.group;
      lines.push({ kind: 'group', group });
    }
    lines.push({ kind: 'column', choice, position: position++ });
  }
  return lines;
}

/** The position of the column that a search most likely means: by its own name before that of its group. */
export function bestPosition(lines: readonly ChoiceLine[], search: string): number {
  const wanted = search.trim().toLowerCase();
  const found = lines.flatMap((line) =>
    line.kind === 'column' ? [{ position: line.position, label: line.choice.label.toLowerCase() }] : [],
  );
  const best =
    found.find(({ label }) => label === wanted) ??
    found.find(({ label }) => label.startsWith(wanted)) ??
    found.find(({ label }) => label.includes(wanted));
  return best?.position ?? 0;
}

/** Where a key leads to in a list of `count`; undefined for keys that lead nowhere. */
export function nextPosition(key: string, position: number, count: number): number | undefined {
  const last = count - 1;
  const moves: Record<string, number> = {
    ArrowDown: position >= last ? 0 : position + 1,
    ArrowUp: position <= 0 ? last : position - 1,
    PageDown: Math.min(last, position + PAGE),
    PageUp: Math.max(0, position - PAGE),
  };
  return count === 0 ? undefined : moves[key];
}

const PAGE = 10;
