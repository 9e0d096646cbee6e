import { Button, Text } from '@mantine/core';
import { IconDownload, IconFileText, IconPhotoOff } from '@tabler/icons-react';
import type { Artifact } from '../data/artifact.ts';
import { formatBytes } from '../formatting/bytes.ts';
import classes from './Plot.module.css';
import { downloadUrl } from './plotKinds.ts';

type PlotProblemProps = {
  plot: Artifact;
  title?: string;
  /** Why there is no picture; undefined for a file of a kind that we do not show. */
  problem?: string;
  action?: React.ReactNode;
};

/** Stands in place of a picture that cannot be shown, and offers the file. */
export function PlotProblem({ plot, title, problem, action }: PlotProblemProps) {
  const Icon = problem === undefined ? IconFileText : IconPhotoOff;
  return (
    <div className={classes.problem}>
      <Icon size={26} stroke={1.5} aria-hidden />
      <Text size="sm" fw={600} className={classes.name}>
        {title ?? plot.name}
      </Text>
      <Text size="xs" c="dimmed" maw={320}>
        {problem ?? `${plot.mediaType}${plot.size ? `, ${formatBytes(plot.size)}` : ''}`}
      </Text>
      <div className={classes.problemActions}>
        {action}
        <Button
          component="a"
          href={downloadUrl(plot)}
          download={plot.name}
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          Download
        </Button>
      </div>
    </div>
  );
}
