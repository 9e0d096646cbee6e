import { Button, Checkbox, Group, ScrollArea, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { BreakableName } from '../../components/BreakableName.tsx';
import { countOf, formatCount } from '../../formatting/numbers.ts';
import classes from './MetricList.module.css';
import { groupByDataset, type MetricName, searchMetrics } from './metricSelection.ts';

export type MetricListProps = {
  /** All metrics, and how many of the runs have each, where that is known. */
  metrics: readonly (MetricName & { runs: number | undefined })[];
  shown: ReadonlySet<string>;
  onShownChange: (shown: Set<string>) => void;
};

/** The metrics by dataset, each to show or to hide. All and None apply to what the search leaves. */
export function MetricList({ metrics, shown, onShownChange }: MetricListProps) {
  const [search, setSearch] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const found = searchMetrics(metrics, search);

  const show = (ids: readonly string[], visible: boolean): void => {
    const next = new Set(shown);
    for (const id of ids) {
      if (visible) next.add(id);
      else next.delete(id);
    }
    onShownChange(next);
  };
  const fold = (dataset: string): void => {
    const next = new Set(closed);
    if (!next.delete(dataset)) next.add(dataset);
    setClosed(next);
  };

  return (
    <nav aria-label="Metrics" className={classes.list}>
      <TextInput
        size="xs"
        type="search"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        placeholder="Search metrics"
        aria-label="Search metrics"
        leftSection={<IconSearch size={14} aria-hidden />}
      />
      <Group gap={4} wrap="nowrap" justify="space-between">
        <Text size="xs" c="dimmed" aria-live="polite" className={classes.count}>
          {formatCount(metrics.filter(({ id }) => shown.has(id)).length)} of {formatCount(metrics.length)}{' '}
          shown
        </Text>
        <Group gap={2} wrap="nowrap">
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={search ? 'All that match' : 'All metrics'}
            onClick={() =>
              show(
                found.map(({ id }) => id),
                true,
              )
            }
          >
            All
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={search ? 'None that match' : 'None of the metrics'}
            onClick={() =>
              show(
                found.map(({ id }) => id),
                false,
              )
            }
          >
            None
          </Button>
        </Group>
      </Group>
      <ScrollArea.Autosize className={classes.scroll} type="auto" offsetScrollbars="y" scrollbarSize={8}>
        {found.length === 0 && (
          <Text size="sm" c="dimmed" py="sm">
            No metric matches “{search}”.
          </Text>
        )}
        {groupByDataset(found).map(({ dataset, metrics: members }) => {
          const visible = members.filter(({ id }) => shown.has(id)).length;
          const open = search !== '' || !closed.has(dataset);
          return (
            <section key={dataset} className={classes.group} aria-label={dataset}>
              <div className={classes.dataset}>
                <Checkbox
                  size="xs"
                  aria-label={`Show all of ${dataset}`}
                  checked={visible === members.length}
                  indeterminate={visible > 0 && visible < members.length}
                  onChange={() =>
                    show(
                      members.map(({ id }) => id),
                      visible < members.length,
                    )
                  }
                />
                <UnstyledButton
                  className={classes.fold}
                  aria-expanded={open}
                  onClick={() => fold(dataset)}
                  title={dataset}
                >
                  <span>
                    <BreakableName name={dataset} />
                  </span>
                  <IconChevronRight size={14} aria-hidden className={classes.chevron} />
                </UnstyledButton>
              </div>
              {open &&
                members.map(({ id, key, runs }) => (
                  <Checkbox
                    key={id}
                    size="xs"
                    className={classes.metric}
                    classNames={{
                      body: classes.metricBody,
                      labelWrapper: classes.metricLabel,
                      label: classes.keyLine,
                    }}
                    title={runs === undefined ? id : `${id}: ${countOf(runs, 'run')}`}
                    checked={shown.has(id)}
                    onChange={(event) => show([id], event.currentTarget.checked)}
                    label={
                      <>
                        <span className={classes.key}>
                          <BreakableName name={key} />
                        </span>
                        {runs !== undefined && <span className={classes.runs}>{formatCount(runs)}</span>}
                      </>
                    }
                  />
                ))}
            </section>
          );
        })}
      </ScrollArea.Autosize>
    </nav>
  );
}
