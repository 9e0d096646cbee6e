import { Button } from '@mantine/core';
import { IconFilter, IconGitCompare, IconX } from '@tabler/icons-react';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { countOf, formatCount } from '../../formatting/numbers.ts';
import { MAX_QUERY_CHARACTERS } from '../../query/index.ts';
import type { RunChartProps } from '../runCharts.ts';
import { areaQuery } from './areaQuery.ts';
import classes from './Scatter.module.css';

/** So many runs can be compared at once. */
const MOST_COMPARED = 500;

const ICON = { size: 14, 'aria-hidden': true } as const;

type AreaBarProps = Pick<RunChartProps, 'table' | 'columns' | 'scope' | 'onFilter'> & {
  /** Names of the columns that the area was drawn between. */
  axes: readonly string[];
  /** The runs within the area. */
  rows: readonly number[];
  onClear: () => void;
};

/** What can be done with the runs in an area. */
export function AreaBar({ table, columns, scope, onFilter, axes, rows, onClear }: AreaBarProps) {
  const ids = rows.flatMap((row) => table.runIds[row] ?? []);
  const query = areaQuery(axes, rows, table, columns, scope.search);
  const tooLong = query.length > MAX_QUERY_CHARACTERS;
  const tooMany = ids.length > MOST_COMPARED;
  return (
    <div className={classes.selection}>
      <span role="status">{countOf(ids.length, 'run')} in the area</span>
      {tooMany ? (
        <Button size="compact-xs" leftSection={<IconGitCompare {...ICON} />} disabled>
          Compare at most {formatCount(MOST_COMPARED)}
        </Button>
      ) : (
        <ButtonLink
          size="compact-xs"
          leftSection={<IconGitCompare {...ICON} />}
          to="/experiment-tracking/compare"
          search={{ runs: ids }}
        >
          Compare
        </ButtonLink>
      )}
      {onFilter && (
        <Button
          size="compact-xs"
          leftSection={<IconFilter {...ICON} />}
          disabled={tooLong}
          title={tooLong ? 'This area is too long for a query' : query}
          onClick={() => onFilter(query)}
        >
          Filter the table
        </Button>
      )}
      <Button size="compact-xs" variant="subtle" leftSection={<IconX {...ICON} />} onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
