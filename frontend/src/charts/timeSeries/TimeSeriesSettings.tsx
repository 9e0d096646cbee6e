import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconChevronLeft,
  IconChevronRight,
  IconZoomIn,
  IconZoomOut,
  IconZoomReset,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { countOf, formatNumber } from '../../formatting/numbers.ts';
import { formatDate } from '../../formatting/time.ts';
import { BY_ORDER, type ChartsSearch } from '../chartsSearch.ts';
import { ColumnSelect } from '../columns/ColumnSelect.tsx';
import { ChartSwitch } from '../frame/ChartSwitch.tsx';
import type { ChartColumns } from '../runCharts.ts';
import type { Range } from '../scales/axes.ts';
import { panBy, zoomAround } from '../scales/zoom.ts';
import { isSequence, type RunAxis } from './runAxis.ts';
import classes from './TimeSeries.module.css';

const ICON = { size: 15, stroke: 1.6, 'aria-hidden': true } as const;

const RUN_BY_RUN = { name: BY_ORDER, label: 'Run by run', group: 'Run' };

type TimeSeriesSettingsProps = {
  columns: ChartColumns;
  search: ChartsSearch;
  onSearchChange: (change: Partial<ChartsSearch>) => void;
  axis: RunAxis;
  zoomed: Range | undefined;
  onZoom: (range: Range | undefined) => void;
  /** Of how many metrics it is not known which way is better. */
  unknown: number;
};

/** How all the time series of a page are drawn. */
export function TimeSeriesSettings(props: TimeSeriesSettingsProps) {
  const { columns, search, onSearchChange, axis, zoomed, onZoom, unknown } = props;
  const touch = useMediaQuery('(pointer: coarse)');
  const choices = useMemo(
    () => [RUN_BY_RUN, ...columns.choices.filter(({ name }) => name !== 'started')],
    [columns],
  );
  const { full } = axis;
  const range = zoomed ?? full;
  const sequence = isSequence(axis);
  return (
    <div className={classes.settings}>
      <ColumnSelect
        label="X axis"
        choices={choices}
        value={search.x === 'started' ? undefined : search.x}
        onChange={(x) => onSearchChange({ x, zoom: undefined })}
        none="Time"
      />
      <SegmentedControl
        size="xs"
        aria-label="Charts"
        value={search.together ?? 'apart'}
        onChange={(value) =>
          onSearchChange({ together: value === 'values' || value === 'ranges' ? value : undefined })
        }
        data={[
          { value: 'apart', label: 'One chart per metric' },
          { value: 'values', label: 'Together' },
          { value: 'ranges', label: 'Normalised' },
        ]}
      />
      <ChartSwitch
        label="Log scale"
        flag="log"
        disabled={search.together === 'ranges'}
        {...{ search, onSearchChange }}
      />
      <ChartSwitch
        label="Best so far"
        flag="best"
        title={
          sequence
            ? unknown > 0
              ? `Of ${countOf(unknown, 'metric')} it is not known which way is better: set it in the table of runs`
              : undefined
            : 'Only where one run follows another'
        }
        disabled={!sequence}
        {...{ search, onSearchChange }}
      />
      <span className={classes.spring} />
      {range && full && (
        <fieldset className={classes.zoom} aria-label="Zoom of all charts">
          <span className={classes.range} aria-live="polite">
            {zoomed ? writeRange(axis, zoomed) : touch ? 'Pinch to zoom' : 'Drag across to zoom'}
          </span>
          {zoomed && (
            <>
              <ZoomButton
                label="Move left"
                onClick={() => onZoom(panBy(range, full, (range[0] - range[1]) / 2))}
              >
                <IconChevronLeft {...ICON} />
              </ZoomButton>
              <ZoomButton
                label="Move right"
                onClick={() => onZoom(panBy(range, full, (range[1] - range[0]) / 2))}
              >
                <IconChevronRight {...ICON} />
              </ZoomButton>
              <ZoomButton
                label="Zoom out"
                onClick={() => onZoom(zoomAround(range, full, (range[0] + range[1]) / 2, 2, axis.shortest))}
              >
                <IconZoomOut {...ICON} />
              </ZoomButton>
            </>
          )}
          <ZoomButton
            label="Zoom in"
            onClick={() => onZoom(zoomAround(range, full, (range[0] + range[1]) / 2, 0.5, axis.shortest))}
          >
            <IconZoomIn {...ICON} />
          </ZoomButton>
          {zoomed && (
            <ZoomButton label="Reset zoom" onClick={() => onZoom(undefined)}>
              <IconZoomReset {...ICON} />
            </ZoomButton>
          )}
        </fieldset>
      )}
    </div>
  );
}

type ZoomButtonProps = { label: string; onClick: () => void; children: React.ReactNode };

function ZoomButton({ label, onClick, children }: ZoomButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={24} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function writeRange(axis: RunAxis, [from, to]: Range): string {
  switch (axis.kind) {
    case 'time':
      return `${formatDate(new Date(from).toISOString())} – ${formatDate(new Date(to).toISOString())}`;
    case 'order':
      return `runs ${Math.max(1, Math.ceil(from))} – ${Math.floor(to)}`;
    case 'number':
      return `${formatNumber(Number(from.toPrecision(4)))} – ${formatNumber(Number(to.toPrecision(4)))}`;
    case 'category':
      return `${axis.labels[Math.max(0, Math.ceil(from))] ?? ''} – ${axis.labels[Math.floor(to)] ?? axis.labels.at(-1) ?? ''}`;
  }
}
