import { useMemo } from 'react';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import PlotGrid from '../../plots/PlotGrid.tsx';
import classes from '../ComparePage.module.css';
import { ComparedPlotsQuery } from '../comparisonQueries.ts';
import { useRecord } from '../data/useRecord.ts';
import type { PartProps } from '../TablePart.tsx';

/** The plots of all compared runs, dataset by dataset. */
export default function PlotsPart({ runs, search, onSearchChange }: PartProps) {
  const { records, error, reload } = useRecord(ComparedPlotsQuery, runs);
  const plotted = useMemo(
    () => records && runs.map((run, index) => ({ ...run, plots: records[index]?.plots ?? [] })),
    [records, runs],
  );
  if (error && !records) {
    return <LoadFailure title="The plots could not be loaded" error={error} onRetry={reload} />;
  }
  if (plotted === undefined) return <PageSkeleton />;
  return (
    <div className={classes.scroll}>
      <h2 className="visually-hidden">Plots</h2>
      <PlotGrid
        runs={plotted}
        settings={search}
        onSettingsChange={(settings, replace = false) => onSearchChange(settings, replace)}
      />
    </div>
  );
}
