import { Button, Popover, SegmentedControl } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useState } from 'react';
import { formatCount } from '../../formatting/numbers.ts';
import { FIRST_CHOICE } from '../columns/columnEdits.ts';
import classes from './ColumnChooser.module.css';
import { ColumnOrder } from './ColumnOrder.tsx';
import { ColumnSearch } from './ColumnSearch.tsx';
import type { ColumnChooserProps } from './columnChooserProps.ts';

/** Chooses the columns of the table and their order, out of however many there are. */
export function ColumnChooser(props: ColumnChooserProps) {
  const { catalog, state, chosen, onChange } = props;
  const [part, setPart] = useState<'all' | 'order'>('all');
  const count = `${formatCount(state.names.length)}/${formatCount(catalog.size)}`;
  return (
    <Popover position="bottom-end" trapFocus returnFocus width="min(360px, 94vw)">
      <Popover.Target>
        <Button
          className={classes.button}
          leftSection={<IconColumns3 size={14} aria-hidden />}
          aria-label={`Columns ${count} shown`}
        >
          <span className={classes.wideOnly}>Columns</span> <span className={classes.count}>{count}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label="Columns of the table">
        <div className={classes.top}>
          <SegmentedControl
            size="xs"
            aria-label="Part of the columns"
            value={part}
            onChange={(next) => setPart(next === 'order' ? 'order' : 'all')}
            data={[
              { value: 'all', label: 'All columns' },
              { value: 'order', label: 'Shown, in order' },
            ]}
          />
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            disabled={!chosen}
            onClick={() => onChange(FIRST_CHOICE)}
          >
            Reset
          </Button>
        </div>
        {part === 'all' ? (
          <ColumnSearch catalog={catalog} state={state} onChange={onChange} />
        ) : (
          <ColumnOrder catalog={catalog} state={state} onChange={onChange} />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
