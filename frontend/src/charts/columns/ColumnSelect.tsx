import { Popover, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { BreakableName } from '../../components/BreakableName.tsx';
import { countOf, formatCount } from '../../formatting/numbers.ts';
import classes from './ColumnSelect.module.css';
import {
  bestPosition,
  type ChoiceLine,
  type ColumnChoice,
  choiceLines,
  findColumns,
  nextPosition,
} from './columnChoices.ts';
import { LongName } from './LongName.tsx';

export type ColumnSelectProps = {
  /** What the column is chosen for: "X", "Colour". */
  label: string;
  /** Those of a group stand together. */
  choices: readonly ColumnChoice[];
  /** The name of the chosen column. */
  value: string | undefined;
  onChange: (name: string | undefined) => void;
  /** What stands for no column, where there may be none: "One colour". */
  none?: string;
  /** Stands in the button where nothing is chosen and `none` is not given. */
  placeholder?: string;
};

/** Chooses one column out of however many there are: a button that opens a list with a search. */
export function ColumnSelect(props: ColumnSelectProps) {
  const { label, choices, value, none, placeholder = 'Choose…' } = props;
  const [open, setOpen] = useState(false);
  const chosen = choices.find(({ name }) => name === value);
  const text = chosen?.fullLabel ?? chosen?.label ?? value ?? none ?? placeholder;
  // A metric's key is whole, and its dataset has what room is left.
  const start = chosen?.fullLabel?.startsWith(`${chosen.label} of `) ? chosen.label.length + 4 : 0;
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-start"
      width="min(340px, 92vw)"
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.button}
          aria-label={`${label}: ${text}`}
          title={chosen?.name}
          disabled={choices.length === 0}
          onClick={() => setOpen(!open)}
        >
          <span className={classes.label}>{label}</span>{' '}
          <span className={classes.value} data-none={value === undefined || undefined}>
            <LongName start={text.slice(0, start)} name={text.slice(start)} />
          </span>
          <IconChevronDown size={13} aria-hidden className={classes.chevron} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={`Columns for ${label}`}>
        <Choices {...props} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

const LINE_HEIGHT = 28;

function Choices({
  label,
  choices,
  value,
  onChange,
  none,
  onDone,
}: ColumnSelectProps & { onDone: () => void }) {
  const [search, setSearch] = useState('');
  const found = useMemo(() => findColumns(choices, search), [choices, search]);
  const lines = useMemo(
    () => choiceLines(found, search.trim() === '' ? none : undefined),
    [found, none, search],
  );
  const places = useMemo(
    () => lines.flatMap((line, place) => (line.kind === 'group' ? [] : [place])),
    [lines],
  );
  // The chosen one comes first to hand, and of what is searched for what is most likely meant.
  const first =
    search === ''
      ? Math.max(
          0,
          places.findIndex((place) => nameOf(lines[place]) === value),
        )
      : bestPosition(lines, search);
  const [moved, setMoved] = useState<{ search: string; position: number }>();
  const active = moved?.search === search ? moved.position : first;

  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 8,
  });
  const activePlace = places[active] ?? 0;
  useEffect(() => virtualizer.scrollToIndex(activePlace, { align: 'auto' }), [virtualizer, activePlace]);

  const choose = (line: ChoiceLine | undefined): void => {
    if (line === undefined) return;
    onDone();
    onChange(nameOf(line));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(lines[places[active] ?? -1]);
      return;
    }
    const position = nextPosition(event.key, active, places.length);
    if (position === undefined) return;
    event.preventDefault();
    setMoved({ search, position });
  };
  return (
    <>
      <TextInput
        size="xs"
        data-autofocus
        role="combobox"
        aria-expanded
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={places.length > 0 ? `${id}-${active}` : undefined}
        aria-label={`Search columns for ${label}`}
        placeholder="Search columns…"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {places.length === 0 && (
        <p className={classes.nothing} role="status">
          No matching columns.
        </p>
      )}
      <div ref={scroller} id={`${id}-list`} role="listbox" aria-label={label} className={classes.list}>
        <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {virtualizer.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (line === undefined) return null;
            const style = { transform: `translateY(${item.start}px)` };
            if (line.kind === 'group') {
              return (
                <div key={`group ${line.group}`} role="presentation" className={classes.group} style={style}>
                  <bdi>{line.group}</bdi>
                </div>
              );
            }
            const name = nameOf(line);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the search field's
              // biome-ignore lint/a11y/useFocusableInteractive: the search field has the focus
              <div
                key={name ?? 'none'}
                id={`${id}-${line.position}`}
                role="option"
                aria-selected={name === value}
                aria-setsize={places.length}
                aria-posinset={line.position + 1}
                data-active={line.position === active || undefined}
                className={classes.choice}
                style={style}
                title={name}
                onClick={() => choose(line)}
                onPointerMove={() => {
                  if (line.position !== active) setMoved({ search, position: line.position });
                }}
              >
                {line.kind === 'none' ? (
                  <span className={classes.name}>{line.label}</span>
                ) : (
                  <>
                    <span className={classes.name} dir="auto">
                      <BreakableName name={line.choice.label} />
                    </span>
                    {line.choice.runs !== undefined && (
                      <span className={classes.runs} title={countOf(line.choice.runs, 'run')}>
                        {formatCount(line.choice.runs)}
                      </span>
                    )}
                  </>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}

function nameOf(line: ChoiceLine | undefined): string | undefined {
  return line?.kind === 'column' ? line.choice.name : undefined;
}
