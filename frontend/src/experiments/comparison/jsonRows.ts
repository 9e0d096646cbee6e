import { countOf } from '../../formatting/numbers.ts';
import type { JsonValue } from '../../graphql/scalars.ts';
import { type ComparisonRow, writeJson } from './comparisonRows.ts';
import { isComposite, type JsonNode } from './jsonTree.ts';

/** More entries than this open only when somebody wants to see them. */
const MOST_OPEN = 50;
const PREVIEW = 80;

/**
 * The rows of a tree of JSON: what is nested in a value comes below it, as far as that is open. What differs is open
 * from the beginning, what does not is folded.
 *
 * @param toggled what somebody opened or closed, by the keys of its rows
 */
export function jsonRows(
  dataset: string,
  root: JsonNode,
  toggled: ReadonlyMap<string, boolean>,
): ComparisonRow[] {
  const rows: ComparisonRow[] = [];
  const collect = (node: JsonNode): void => {
    const key = `json ${dataset} ${node.path}`;
    const differs = node.counts.some((count) => count > 0);
    const nests = node.children.length > 0;
    const open = nests && (toggled.get(key) ?? (differs && node.children.length <= MOST_OPEN));
    rows.push({
      kind: 'text',
      key,
      label: node.label,
      differs,
      code: true,
      path: true,
      depth: node.depth,
      nested: nests ? { open } : undefined,
      changes: node.changes,
      values: node.values.map((value, run) =>
        value === undefined ? null : describe(value, nests, open, node.counts[run] ?? 0),
      ),
    });
    if (open) node.children.forEach(collect);
  };
  // The top is what the dataset's name stands for already.
  if (root.children.length > 0) root.children.forEach(collect);
  else collect({ ...root, label: 'value' });
  return rows;
}

function describe(value: JsonValue, nests: boolean, open: boolean, differing: number): string {
  if (!nests || !isComposite(value)) return writeJson(value);
  const size = Object.keys(value).length;
  const written = Array.isArray(value) ? `[${size}]` : `{${size}}`;
  if (open) return written;
  if (differing > 0) return `${written} ${countOf(differing, 'difference')}`;
  const text = JSON.stringify(value);
  return text.length > PREVIEW ? `${text.slice(0, PREVIEW)}…` : text;
}
