import { Button, Group, NumberInput, Popover, Text, UnstyledButton } from '@mantine/core';
import { IconFilterFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { BreakableName } from '../../components/BreakableName.tsx';
import classes from './ParallelCoordinates.module.css';
import { type Brush, type ParallelAxis, shortenMiddle } from './parallelAxes.ts';

/** Three or four lines at the width of the narrowest gap. */
const LONGEST = 56;

type AxisNameProps = {
  axis: ParallelAxis;
  width: number;
  brush: Brush | undefined;
  onBrush: (brush: Brush | undefined) => void;
};

/** The name above an axis; a click opens the limits of its filter, for the keyboard and for exact numbers. */
export function AxisName({ axis, width, brush, onBrush }: AxisNameProps) {
  const [opened, setOpened] = useState(false);
  const { low, high } = axis.scale;
  return (
    <div className={classes.name} style={{ width }}>
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom"
        trapFocus
        returnFocus
        withinPortal
        shadow="md"
      >
        <Popover.Target>
          <UnstyledButton
            className={classes.nameButton}
            title={axis.metric}
            aria-label={`Filter ${axis.metric}`}
            aria-expanded={opened}
            data-filtered={brush !== undefined || undefined}
            onClick={() => setOpened(!opened)}
          >
            <BreakableName name={shortenMiddle(axis.key, LONGEST)} />
            {brush && <IconFilterFilled size={11} aria-hidden className={classes.filtered} />}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <Text size="sm" fw={600} maw={260} className={classes.fullName}>
            <BreakableName name={axis.metric} />
          </Text>
          <Group gap="xs" mt="xs" wrap="nowrap">
            <NumberInput
              label="From"
              size="xs"
              w={124}
              hideControls
              placeholder={String(Number(low.toPrecision(7)))}
              value={brush ? Number(brush[0].toPrecision(7)) : ''}
              onChange={(value) => typeof value === 'number' && onBrush([value, brush?.[1] ?? high])}
            />
            <NumberInput
              label="To"
              size="xs"
              w={124}
              hideControls
              placeholder={String(Number(high.toPrecision(7)))}
              value={brush ? Number(brush[1].toPrecision(7)) : ''}
              onChange={(value) => typeof value === 'number' && onBrush([brush?.[0] ?? low, value])}
            />
          </Group>
          <Group justify="flex-end" mt="sm" gap="xs">
            <Button
              size="xs"
              variant="default"
              disabled={brush === undefined}
              onClick={() => onBrush(undefined)}
            >
              Clear
            </Button>
            <Button size="xs" onClick={() => setOpened(false)}>
              Done
            </Button>
          </Group>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
