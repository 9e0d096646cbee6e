import { Button, Menu } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import {
  IconBraces,
  IconCheck,
  IconChevronDown,
  IconDatabase,
  IconDownload,
  IconTable,
} from '@tabler/icons-react';
import { useState } from 'react';
import { countOf, formatCount } from '../formatting/numbers.ts';
import { ExportError, type ExportFormat, exportRuns, type RunsExport } from './exportRuns.ts';
import classes from './RunsList.module.css';

type ExportMenuProps = {
  /** Which runs match, and in which order. */
  matching: Pick<RunsExport, 'search' | 'bookmarked' | 'archived' | 'sort'>;
  total: number;
  /** Only these, if there are any. */
  selected: readonly string[];
  /** The names of the columns that are shown. */
  shown: readonly string[];
  onProblem: (problem: string | undefined) => void;
};

const ICON = { size: 15, stroke: 1.7, 'aria-hidden': true };

const FORMATS: { format: ExportFormat; label: string; icon: typeof IconTable }[] = [
  { format: 'csv', label: 'CSV', icon: IconTable },
  { format: 'json', label: 'JSON', icon: IconBraces },
  { format: 'parquet', label: 'Parquet', icon: IconDatabase },
];

/** Saves the selected runs, or all that match, as a file. */
export function ExportMenu({ matching, total, selected, shown, onProblem }: ExportMenuProps) {
  const [allColumns, setAllColumns] = useLocalStorage({
    key: 'kedro-viz.export-all-columns',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const [exporting, setExporting] = useState(false);
  const count = selected.length || total;

  const save = async (format: ExportFormat) => {
    setExporting(true);
    const which = selected.length > 0 ? { runIds: selected } : matching;
    const columns = allColumns ? {} : { columns: ['id', ...shown.filter((name) => name !== 'id')] };
    try {
      await exportRuns({ format, ...which, ...columns });
      onProblem(undefined);
    } catch (error) {
      if (!(error instanceof ExportError)) throw error;
      onProblem(error.message);
    } finally {
      setExporting(false);
    }
  };

  return (
    <Menu position="bottom-end" width={290} withinPortal shadow="md">
      <Menu.Target>
        <Button
          leftSection={<IconDownload size={14} aria-hidden />}
          rightSection={<IconChevronDown className={classes.wideOnly} size={13} aria-hidden />}
          loading={exporting}
          disabled={total === 0}
          aria-label={selected.length > 0 ? `Export ${formatCount(selected.length)} selected` : 'Export'}
        >
          <span className={classes.wideOnly}>
            Export{selected.length > 0 ? ` ${formatCount(selected.length)} selected` : ''}
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {countOf(count, 'run')} {selected.length > 0 ? 'selected' : 'in this list'}
        </Menu.Label>
        {FORMATS.map(({ format, label, icon: Icon }) => (
          <Menu.Item key={format} leftSection={<Icon {...ICON} />} onClick={() => void save(format)}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.CheckboxItem
          checked={allColumns}
          onChange={setAllColumns}
          checkIcon={<IconCheck size={14} aria-hidden />}
          closeMenuOnClick={false}
        >
          All columns, not only those shown
        </Menu.CheckboxItem>
      </Menu.Dropdown>
    </Menu>
  );
}
