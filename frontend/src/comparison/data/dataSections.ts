import type { ComparedDataQuery } from '../../data/generated/graphql.ts';
import type { ComparisonRow, ComparisonSection, DataValue } from '../table/comparisonRows.ts';
import { keepRows } from '../table/comparisonRows.ts';

type DataUse = ComparedDataQuery['runMetadata'][number]['dataUses'][number];

/** The data that runs loaded and saved, side by side: what differs first. */
export function dataSections(
  runs: readonly ({ dataUses: readonly DataUse[] } | undefined)[],
): ComparisonSection[] {
  // A run that used no data at all is one of which none was recorded.
  const uses = runs.map((run) => (run === undefined || run.dataUses.length === 0 ? undefined : run.dataUses));
  const section = (title: string, saved: boolean): ComparisonSection => {
    const names = new Set(
      uses.flatMap((of) => (of ?? []).filter((use) => use.saved === saved).map(({ dataset }) => dataset)),
    );
    const rows = [...names].sort().map((name) =>
      dataRow(
        `${title} ${name}`,
        name,
        uses.map((of) => of && (of.find((use) => use.saved === saved && use.dataset === name) ?? null)),
      ),
    );
    return { title, groups: [{ rows }], differencesFirst: true };
  };
  return keepRows([section('Loaded', false), section('Saved', true)], () => true);
}

function dataRow(key: string, label: string, uses: (DataUse | null | undefined)[]): ComparisonRow {
  const variants = toVariants(uses);
  const values = uses.map(
    (use, index): DataValue | null | undefined =>
      use && {
        variant: variants[index],
        version: use.version,
        size: use.size,
        fingerprint: use.fingerprint,
        path: use.path,
      },
  );
  const known = new Set(variants.filter((variant) => variant !== undefined));
  const missing = uses.includes(null) && uses.some((use) => use);
  return { kind: 'data', key, label, values, differs: known.size > 1 || missing };
}

/** Numbers different data, from 0; undefined where it cannot be told which of the others it is like. */
function toVariants(uses: readonly (DataUse | null | undefined)[]): (number | undefined)[] {
  const different: DataUse[] = [];
  return uses.map((use) => {
    if (!use || (use.fingerprint === null && use.version === null && use.size === null)) return undefined;
    const relations = different.map((other) => relate(other, use));
    const same = relations.indexOf('same');
    if (same >= 0) return same;
    if (relations.includes('unknown')) return undefined;
    different.push(use);
    return different.length - 1;
  });
}

type Relation = 'same' | 'different' | 'unknown';

/** Whether two runs used the same data, by the strongest evidence that both have. */
function relate(one: DataUse, other: DataUse): Relation {
  if (one.fingerprint !== null && other.fingerprint !== null) {
    return one.fingerprint === other.fingerprint ? 'same' : 'different';
  }
  if (one.size !== null && other.size !== null && one.size !== other.size) return 'different';
  if (one.version !== null && other.version !== null) {
    return one.version === other.version && one.path === other.path ? 'same' : 'different';
  }
  return 'unknown';
}
