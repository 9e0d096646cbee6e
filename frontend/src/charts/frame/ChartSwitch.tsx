import { Switch } from '@mantine/core';
import type { ChartsSearch } from '../chartsSearch.ts';

/** What of a chart is either on or off. */
type Flag = {
  [Key in keyof ChartsSearch]-?: NonNullable<ChartsSearch[Key]> extends true ? Key : never;
}[keyof ChartsSearch];

type ChartSwitchProps = {
  label: string;
  /** What it switches, as the address has it. */
  flag: Flag;
  search: ChartsSearch;
  onSearchChange: (change: Partial<ChartsSearch>) => void;
  title?: string | undefined;
  /** Switched off, and kept in the address for where it is possible again. */
  disabled?: boolean;
};

/** Switches something of a chart on and off, in the address. */
export function ChartSwitch(props: ChartSwitchProps) {
  const { label, flag, search, onSearchChange, title, disabled = false } = props;
  return (
    <Switch
      size="xs"
      label={label}
      title={title}
      disabled={disabled}
      checked={search[flag] === true && !disabled}
      onChange={(event) => onSearchChange({ [flag]: event.currentTarget.checked || undefined })}
    />
  );
}
