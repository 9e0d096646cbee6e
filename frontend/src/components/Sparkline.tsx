import classes from './Sparkline.module.css';
import { sparklinePath } from './sparklinePath.ts';

type SparklineProps = { values: ArrayLike<number>; width?: number; height?: number };

/** A list of numbers as a small curve, to be seen beside its numbers: it has no name of its own. */
export function Sparkline({ values, width = 96, height = 18 }: SparklineProps) {
  const path = sparklinePath(values, width, height);
  return (
    <svg
      className={classes.root}
      data-dots={!path.includes('L') || undefined}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={path} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
