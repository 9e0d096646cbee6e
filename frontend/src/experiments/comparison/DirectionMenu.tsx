import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowBarToDown, IconArrowBarToUp, IconCheck, IconHelp } from '@tabler/icons-react';
import type { MetricDirections } from '../metricDirections.ts';

type DirectionMenuProps = { metric: string; name: string; directions: MetricDirections; className?: string };

const TOLD = { HIGHER: 'higher is better', LOWER: 'lower is better' } as const;

/** Which way of a metric is better: guessed from its name, or as somebody has set it. */
export function DirectionMenu({ metric, name, directions, className }: DirectionMenuProps) {
  const known = directions.of(metric);
  const direction = known?.direction ?? undefined;
  const Icon =
    direction === undefined ? IconHelp : direction === 'HIGHER' ? IconArrowBarToUp : IconArrowBarToDown;
  const choice = (value: 'HIGHER' | 'LOWER' | null, label: string) => (
    <Menu.Item
      role="menuitemradio"
      aria-checked={known?.isSet ? direction === value : value === null}
      leftSection={
        (known?.isSet ? direction === value : value === null) ? (
          <IconCheck size={14} aria-hidden />
        ) : (
          <span style={{ width: 14, display: 'inline-block' }} />
        )
      }
      onClick={() => directions.set(metric, value)}
    >
      {label}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <ActionIcon
          size={20}
          className={className}
          data-active={known?.isSet || undefined}
          aria-label={`${name.slice(0, 80)}: ${direction ? TOLD[direction] : 'no better direction is known'}`}
          title={
            direction
              ? `${TOLD[direction][0]?.toUpperCase()}${TOLD[direction].slice(1)}${known?.isSet ? '' : ', by its name'}`
              : 'Say what is better'
          }
        >
          <Icon size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {choice('HIGHER', 'Higher is better')}
        {choice('LOWER', 'Lower is better')}
        {choice(null, 'As its name tells')}
      </Menu.Dropdown>
    </Menu>
  );
}
