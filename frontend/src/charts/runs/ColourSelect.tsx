import { ColumnSelect } from '../columns/ColumnSelect.tsx';
import type { RunChartProps } from '../runCharts.ts';

type ColourSelectProps = Pick<RunChartProps, 'columns' | 'search' | 'onSearchChange'>;

/** Chooses the column that runs are coloured by. */
export function ColourSelect({ columns, search, onSearchChange }: ColourSelectProps) {
  return (
    <ColumnSelect
      label="Colour"
      choices={columns.choices}
      value={search.colour}
      onChange={(colour) => onSearchChange({ colour })}
      none="One colour"
    />
  );
}
