import type { JsonRun } from './comparisonQueries.ts';
import { type ComparisonSection, keepRows, pathRow } from './comparisonRows.ts';
import { writtenLeaves } from './flattenJson.ts';

/** What runs tracked as JSON, one row a value: as a table has it that does not show how values are nested. */
export function jsonSections(
  runs: readonly (Pick<JsonRun, 'trackedJson'> | undefined)[],
): ComparisonSection[] {
  const groups = jsonDatasets(runs).map((dataset) => {
    const leaves = runs.map((run) => {
      const tracked = run?.trackedJson.find((entry) => entry.dataset === dataset);
      if (tracked === undefined) return new Map<string, string>();
      if (tracked.problem !== null) return new Map([['', tracked.problem]]);
      return writtenLeaves(tracked.data ?? null);
    });
    const paths = [...new Set(leaves.flatMap((of) => [...of.keys()]))];
    return {
      dataset,
      // In the order of the file, which somebody chose.
      rows: paths.map((path) =>
        pathRow(
          `json ${dataset} ${path}`,
          path === '' ? 'value' : path,
          leaves.map((of) => of.get(path) ?? null),
        ),
      ),
    };
  });
  return keepRows([{ title: 'JSON', groups }], () => true);
}

/** The names of all JSON datasets that any run tracked. */
export function jsonDatasets(runs: readonly (Pick<JsonRun, 'trackedJson'> | undefined)[]): string[] {
  return [...new Set(runs.flatMap((run) => run?.trackedJson.map(({ dataset }) => dataset) ?? []))];
}
