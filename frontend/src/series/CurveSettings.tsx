import { Button, NumberInput, SegmentedControl, Slider, Switch } from '@mantine/core';
import { IconZoomReset } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import classes from './CurveSettings.module.css';
import type { SeriesSearch } from './seriesSearch.ts';
import { MOST_SMOOTHING } from './smoothing.ts';

/** The slider ends before the heaviest average, which nearly nobody wants; the field beside it takes that, too. */
const SLIDER_END = 0.99;

type CurveSettingsProps = {
  search: SeriesSearch;
  onSearchChange: (change: Partial<SeriesSearch>) => void;
  /** The weight of the moving average while the slider moves, which is not in the address yet. */
  onSmoothing: (weight: number) => void;
};

/** How all curves of a page are drawn: along what, on which scale, how smooth, and what of them. */
export function CurveSettings({ search, onSearchChange, onSmoothing }: CurveSettingsProps) {
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Horizontal axis"
        value={search.axis ?? 'step'}
        // Another axis has other places.
        onChange={(axis) => onSearchChange({ axis: toAxis(axis), zoom: undefined })}
        data={[
          { value: 'step', label: 'Step' },
          { value: 'time', label: 'Since start' },
          { value: 'clock', label: 'Clock' },
        ]}
      />
      <Switch
        size="xs"
        label="Log scale"
        checked={search.log === true}
        onChange={(event) => onSearchChange({ log: event.currentTarget.checked || undefined })}
      />
      <Smoothing
        weight={search.smooth ?? 0}
        onMove={onSmoothing}
        onChange={(weight) => onSearchChange({ smooth: weight || undefined })}
      />
      {search.zoom && (
        <Button
          size="compact-xs"
          leftSection={<IconZoomReset size={14} aria-hidden />}
          onClick={() => onSearchChange({ zoom: undefined })}
        >
          Reset zoom
        </Button>
      )}
    </>
  );
}

function toAxis(axis: string): SeriesSearch['axis'] {
  return axis === 'time' || axis === 'clock' ? axis : undefined;
}

type SmoothingProps = {
  weight: number;
  /** While the slider moves. */
  onMove: (weight: number) => void;
  onChange: (weight: number) => void;
};

function Smoothing({ weight, onMove, onChange }: SmoothingProps) {
  const [shown, setShown] = useState(weight);
  useEffect(() => setShown(weight), [weight]);
  const move = (next: number) => {
    setShown(next);
    onMove(next);
  };
  return (
    <div className={classes.smoothing}>
      <span aria-hidden>Smoothing</span>
      <Slider
        className={classes.slider}
        size="xs"
        min={0}
        max={SLIDER_END}
        step={0.01}
        label={null}
        thumbLabel="Smoothing"
        value={Math.min(SLIDER_END, shown)}
        onChange={move}
        onChangeEnd={onChange}
      />
      <NumberInput
        className={classes.number}
        size="xs"
        hideControls
        aria-label="Weight of the smoothing"
        min={0}
        max={MOST_SMOOTHING}
        step={0.05}
        decimalScale={3}
        clampBehavior="strict"
        value={shown}
        onChange={(next) => {
          const number = Number(next);
          if (!(number >= 0 && number <= MOST_SMOOTHING) || number === shown) return;
          move(number);
          onChange(number);
        }}
      />
    </div>
  );
}
