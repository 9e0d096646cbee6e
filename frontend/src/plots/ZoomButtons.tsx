import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMinus, IconPlus, IconZoomReset } from '@tabler/icons-react';
import { zoomedAt } from './imageView.ts';
import type { PlotGroup } from './plotGroups.ts';
import { plotKind } from './plotKinds.ts';
import { type PlotView, useIsZoomed } from './sharedViews.ts';
import classes from './ZoomButtons.module.css';

const FACTOR = 1.5;

/** Zooms the plots that share a view. Figures are zoomed in themselves, and go back to all that they show here. */
export function ZoomButtons({ group, view }: { group: PlotGroup; view: PlotView }) {
  const zoomed = useIsZoomed(view);
  const has = (kind: string) => group.plots.some(({ plot }) => plot && plotKind(plot) === kind);
  const hasImages = has('image');
  if (!hasImages && !has('figure')) return null;
  const zoom = (factor: number) => view.image.show(zoomedAt(view.image.view, factor));
  const button = (label: string, Icon: typeof IconPlus, onClick: () => void, disabled = false) => (
    <Tooltip label={label}>
      <ActionIcon size={24} aria-label={`${label}: ${group.dataset}`} onClick={onClick} disabled={disabled}>
        <Icon size={14} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
  const reset = () => {
    view.image.show(undefined);
    view.figure.show(undefined);
  };
  return (
    <div className={classes.buttons}>
      {hasImages && button('Zoom out', IconMinus, () => zoom(1 / FACTOR), !zoomed)}
      {hasImages && button('Zoom in', IconPlus, () => zoom(FACTOR))}
      {button('Reset zoom', IconZoomReset, reset, !zoomed)}
    </div>
  );
}
