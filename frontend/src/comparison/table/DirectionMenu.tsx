import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowBarToDown, IconArrowBarToUp, IconHelp } from '@tabler/icons-react';
import { useViewer } from '../../data/project.tsx';
import type { MetricDirections } from '../../runs/metricDirections.ts';

type DirectionMenuProps = { metric: string; name: string; directions: MetricDirections; className?: string };

const TOLD = { HIGHER: 'higher is better', LOWER: 'lower is better' } as const;

const BY_NAME = 'NAME';

/** Which way of a metric is better: guessed from its name, or as somebody has set it. */
export function DirectionMenu({ metric, name, directions, className }: DirectionMenuProps) {
  const { mayEdit } = useViewer();
  const known = directions.of(metric);
  const direction = known?.direction ?? undefined;
  const Icon =
    direction === undefined ? IconHelp : direction === 'HIGHER' ? IconArrowBarToUp : IconArrowBarToDown;
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <ActionIcon
          size={20}
          disabled={!mayEdit}
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
        <Menu.RadioGroup
          value={known?.isSet && direction ? direction : BY_NAME}
          onChange={(value) => directions.set(metric, value === 'HIGHER' || value === 'LOWER' ? value : null)}
        >
          <Menu.RadioItem closeMenuOnClick value="HIGHER">
            Higher is better
          </Menu.RadioItem>
          <Menu.RadioItem closeMenuOnClick value="LOWER">
            Lower is better
          </Menu.RadioItem>
          <Menu.RadioItem closeMenuOnClick value={BY_NAME}>
            As its name tells
          </Menu.RadioItem>
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
