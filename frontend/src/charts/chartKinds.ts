import { lazy } from 'react';
import { distributionNeeds } from './distribution/needs.ts';
import { importanceNeeds } from './importance/needs.ts';
import { parallelNeeds, parallelQuery } from './parallel/needs.ts';
import type { ChartKind } from './runCharts.ts';
import { scatterNeeds } from './scatter/needs.ts';
import { timeSeriesNeeds } from './timeSeries/needs.ts';

/** The kinds of charts over runs, in the order in which they are offered. The first is shown at first. */
export const CHART_KINDS: readonly [ChartKind, ...ChartKind[]] = [
  {
    value: 'time',
    label: 'Time series',
    component: lazy(() => import('./timeSeries/TimeSeries.tsx')),
    needs: timeSeriesNeeds,
    listed: true,
  },
  {
    value: 'parallel',
    label: 'Parallel coordinates',
    component: lazy(() => import('./parallel/ParallelCoordinates.tsx')),
    needs: parallelNeeds,
    query: parallelQuery,
  },
  {
    value: 'scatter',
    label: 'Scatter',
    component: lazy(() => import('./scatter/Scatter.tsx')),
    needs: scatterNeeds,
  },
  {
    value: 'distribution',
    label: 'Distribution',
    component: lazy(() => import('./distribution/Distribution.tsx')),
    needs: distributionNeeds,
  },
  {
    value: 'importance',
    label: 'Importance',
    component: lazy(() => import('./importance/Importance.tsx')),
    needs: importanceNeeds,
  },
];
