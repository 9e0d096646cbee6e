import { parseJson } from '../../formatting/exactJson.ts';
import type { JsonRun } from '../comparisonQueries.ts';
import { type ComparisonRow, type ComparisonSection, keepRows } from '../table/comparisonRows.ts';
import { flatJsonRows } from './jsonRows.ts';
import { compareJson, type JsonNode } from './jsonTree.ts';

type JsonRecord = Pick<JsonRun, 'trackedJson'> | undefined;

/** What runs tracked under the name of a dataset, compared. */
export type JsonTree = { dataset: string; root: JsonNode };

/** Compares what runs tracked as JSON with what the first one did: a tree for each dataset that any of them tracked. */
export function jsonTrees(runs: readonly JsonRecord[]): JsonTree[] {
  const datasets = new Set(runs.flatMap((run) => run?.trackedJson.map(({ dataset }) => dataset) ?? []));
  return [...datasets].map((dataset) => ({
    dataset,
    root: compareJson(
      runs.map((run) => {
        const tracked = run?.trackedJson.find((entry) => entry.dataset === dataset);
        return tracked && (tracked.problem ?? (tracked.json == null ? null : parseJson(tracked.json)));
      }),
    ),
  }));
}

/** The section of compared JSON; `toRows` says what is shown of each tree. */
export function jsonSections(
  trees: readonly JsonTree[],
  toRows: (dataset: string, root: JsonNode) => ComparisonRow[] = flatJsonRows,
): ComparisonSection[] {
  const groups = trees.map(({ dataset, root }) => ({ dataset, rows: toRows(dataset, root) }));
  return keepRows([{ title: 'JSON', groups }], () => true);
}
