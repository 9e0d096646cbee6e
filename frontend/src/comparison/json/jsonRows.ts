import { writeExactJson } from '../../formatting/exactJson.ts';
import { countOf } from '../../formatting/numbers.ts';
import type { JsonValue } from '../../formatting/scalars.ts';
import { type ComparisonRow, pathRow, writeJson } from '../table/comparisonRows.ts';
import { isComposite, type JsonNode } from './jsonTree.ts';

/** More entries than this open only when somebody wants to see them. */
const MOST_OPEN = 50;
const PREVIEW = 80;

/**
 * The rows of a tree of JSON: what is nested in a value comes below it, as far as that is open. What differs is open
 * from the beginning, what does not is folded.
 *
 * @param toggled what somebody opened or closed, by the keys of its rows
 * @param onlyChanges leaves out what is the same in all runs
 */
export function jsonRows(
  dataset: string,
  root: JsonNode,
  toggled: ReadonlyMap<string, boolean>,
  onlyChanges = false,
): ComparisonRow[] {
  const rows: ComparisonRow[] = [];
  const collect = (node: JsonNode): void => {
    const key = `json ${dataset} ${node.path}`;
    const differs = differsAnywhere(node);
    const nests = node.children.length > 0;
    const inside = onlyChanges ? node.children.filter(differsAnywhere) : node.children;
    const open = nests && (toggled.get(key) ?? (differs && inside.length <= MOST_OPEN));
    if (onlyChanges && !differs) return;
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
    if (open) inside.forEach(collect);
  };
  // The top is what the dataset's name stands for already, unless there is something to say of it.
  if (root.children.length > 0 && root.changes.every((change) => change === undefined)) {
    root.children.forEach(collect);
  } else {
    collect({ ...root, label: 'value' });
  }
  return rows;
}

function differsAnywhere({ counts }: JsonNode): boolean {
  return counts.some((count) => count > 0);
}

/** The rows of a tree of JSON on one level, by the ways to the values; a list of plain values is one value. */
export function flatJsonRows(dataset: string, root: JsonNode): ComparisonRow[] {
  const rows: ComparisonRow[] = [];
  const collect = (node: JsonNode, within: readonly boolean[]): void => {
    const nests = node.values.map((value, run) => within[run] === true && isNested(value));
    const opens = node.children.length > 0 && nests.includes(true);
    const values = node.values.map((value, run) =>
      value === undefined || !within[run] || (opens && nests[run]) ? null : writeJson(value),
    );
    if (values.some((value) => value !== null)) {
      rows.push(pathRow(`json ${dataset} ${node.path}`, node.path === '' ? 'value' : node.path, values));
    }
    if (opens) for (const child of node.children) collect(child, nests);
  };
  collect(
    root,
    root.values.map(() => true),
  );
  return rows;
}

/** Whether a value has to be opened to be read: a list of plain values has not, nor has what is empty. */
function isNested(value: JsonValue | undefined): boolean {
  if (!isComposite(value)) return false;
  return Array.isArray(value) ? value.some(isComposite) : Object.keys(value).length > 0;
}

function describe(value: JsonValue, nests: boolean, open: boolean, differing: number): string {
  if (!nests || !isComposite(value)) return writeJson(value);
  const size = Object.keys(value).length;
  const written = Array.isArray(value) ? `[${size}]` : `{${size}}`;
  if (open) return written;
  if (differing > 0) return `${written} ${countOf(differing, 'difference')}`;
  const text = writeExactJson(value);
  return text.length > PREVIEW ? `${text.slice(0, PREVIEW)}…` : text;
}
