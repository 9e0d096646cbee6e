import type { ComparedEnvironmentsQuery } from '../../data/generated/graphql.ts';
import {
  type ComparisonRow,
  type ComparisonSection,
  keepRows,
  namedRows,
  pathRow,
} from '../table/comparisonRows.ts';

type Environment = Omit<NonNullable<ComparedEnvironmentsQuery['runMetadata'][number]['environment']>, 'id'>;

/** The Python environments of runs, side by side: what differs first. */
export function environmentSections(
  runs: readonly ({ environment: Environment | null } | undefined)[],
): ComparisonSection[] {
  const environments = runs.map((run) => run?.environment ?? undefined);
  const fact = (label: string, read: (environment: Environment) => string): ComparisonRow =>
    pathRow(
      `environment ${label}`,
      label,
      environments.map((environment) => environment && read(environment)),
    );
  const packages = environments.map(
    (environment) =>
      environment &&
      new Map(
        environment.packages.map(({ name, version, source }) => [
          name,
          source === null ? version : `${version} (${source})`,
        ]),
      ),
  );
  const facts = [
    fact('Python', ({ python }) => python),
    fact('Implementation', ({ implementation }) => implementation),
    fact('Platform', ({ platform }) => platform),
  ].map((row): ComparisonRow => ({ ...row, ...(row.kind === 'text' ? { path: false } : {}) }));
  return keepRows(
    [
      { title: 'Python and platform', groups: [{ rows: facts }] },
      {
        title: 'Packages',
        groups: [{ rows: namedRows('package', packages) }],
        differencesFirst: true,
      },
    ],
    (row) => row.values.some((value) => value !== undefined),
  );
}
