import { Tabs } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { formatCount } from '../formatting/numbers.ts';
import classes from './PartTabs.module.css';

export type PartTab<Part extends string> = {
  value: Part;
  label: string;
  /** How much there is; not told where it is nothing. */
  count?: number;
};

type PartTabsProps<Part extends string> = {
  /** What the parts are parts of, as in "Parts of the run". */
  label: string;
  parts: readonly PartTab<Part>[];
  value: Part;
  onChange: (part: Part) => void;
  /** Whether they are as high as the bar that they stand in. */
  fill?: boolean;
};

/** The parts of a page as tabs; where not all are in view, the selected one is. */
export function PartTabs<Part extends string>(props: PartTabsProps<Part>) {
  const { label, parts, value, onChange, fill = false } = props;
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `value` decides which tab is the selected one
  useEffect(() => {
    const bar = list.current;
    const tab = bar?.querySelector('[aria-selected="true"]');
    if (!bar || !tab) return;
    // Not `scrollIntoView`: in Chromium, the Tab key would go on from there and pass over the link to the content.
    const [outer, inner] = [bar.getBoundingClientRect(), tab.getBoundingClientRect()];
    bar.scrollLeft += Math.min(0, inner.left - outer.left) + Math.max(0, inner.right - outer.right);
  }, [value]);
  return (
    <Tabs
      value={value}
      onChange={(next) => {
        const part = parts.find((candidate) => candidate.value === next);
        if (part) onChange(part.value);
      }}
      data-fill={fill || undefined}
      classNames={{ root: classes.root, list: classes.list, tab: classes.tab }}
    >
      <Tabs.List ref={list} aria-label={label}>
        {parts.map((part) => (
          <Tabs.Tab key={part.value} value={part.value}>
            {part.label}
            {part.count !== undefined && part.count > 0 && (
              <span className={classes.count}>{formatCount(part.count)}</span>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
