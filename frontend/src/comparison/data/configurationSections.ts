import type { JsonValue } from '../../formatting/scalars.ts';
import { writtenLeaves } from '../json/flattenJson.ts';
import { type ComparisonSection, keepRows, namedRows } from '../table/comparisonRows.ts';

type Configuration = { run: JsonValue; catalog: JsonValue };

/** How runs were started and their catalogs, value by value and side by side: what differs first. */
export function configurationSections(
  runs: readonly ({ configuration: Configuration | null } | undefined)[],
): ComparisonSection[] {
  const configurations = runs.map((run) => run?.configuration ?? undefined);
  const started = configurations.map((configuration) => configuration && writtenLeaves(configuration.run));
  const catalogs = configurations.map((configuration) => configuration && entriesOf(configuration.catalog));
  const datasets = [...new Set(catalogs.flatMap((catalog) => [...(catalog?.keys() ?? [])]))].sort();
  return keepRows(
    [
      {
        title: 'How it was started',
        groups: [{ rows: namedRows('started', started) }],
        differencesFirst: true,
      },
      {
        title: 'Catalog',
        groups: datasets.map((dataset) => ({
          dataset,
          rows: namedRows(
            `catalog ${dataset}`,
            catalogs.map((catalog) => {
              const entry = catalog?.get(dataset);
              return catalog && (entry === undefined ? new Map<string, string>() : writtenLeaves(entry));
            }),
          ),
        })),
        differencesFirst: true,
      },
    ],
    () => true,
  );
}

function entriesOf(catalog: JsonValue): Map<string, JsonValue> {
  const isMapping = typeof catalog === 'object' && catalog !== null && !Array.isArray(catalog);
  return new Map(isMapping ? Object.entries(catalog) : []);
}
