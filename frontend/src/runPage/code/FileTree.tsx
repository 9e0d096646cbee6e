import { IconChevronRight, IconEyeOff, IconFileOff } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { VisibleText } from '../../components/code/VisibleText.tsx';
import { formatBytes } from '../../formatting/bytes.ts';
import { formatCount } from '../../formatting/numbers.ts';
import type { SourceFile } from '../../runs/codeQueries.ts';
import classes from './FileTree.module.css';
import { buildTree, openAtFirst, type TreeRow, treeRows } from './fileTree.ts';

const ROW_HEIGHT = 28;

type FileTreeProps = {
  files: readonly SourceFile[];
  chosen: string | undefined;
  onChoose: (path: string) => void;
  /** Whether all folders are open: what was searched for is to be seen. */
  allOpen: boolean;
};

/** Files as a tree, gone through with the arrow keys; only the rows in view exist in the page. */
export function FileTree({ files, chosen, onChoose, allOpen }: FileTreeProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const tree = useMemo(() => buildTree(files), [files]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a file that is chosen later does not open or close folders
  const atFirst = useMemo(() => openAtFirst(tree, files.length, chosen), [tree, files.length]);
  // The folders that one opened or closed oneself.
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const rows = useMemo(
    () => treeRows(tree, ({ path }) => toggled.get(path) ?? (allOpen || atFirst.has(path))),
    [tree, toggled, atFirst, allOpen],
  );
  const [active, setActive] = useState<string>();
  const activeAt = Math.max(
    0,
    rows.findIndex(({ entry }) => entry.path === (active ?? chosen)),
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 20,
  });
  // The chosen file is in view when one comes with an address that names it.
  const shownAtFirst = useRef(false);
  useEffect(() => {
    if (shownAtFirst.current || rows.length === 0) return;
    shownAtFirst.current = true;
    virtualizer.scrollToIndex(activeAt, { align: 'center' });
  }, [rows, activeAt, virtualizer]);

  const toggle = (path: string, open: boolean) => setToggled(new Map(toggled).set(path, open));
  const choose = ({ entry, open }: TreeRow) => {
    setActive(entry.path);
    if (entry.kind === 'file') onChoose(entry.path);
    else toggle(entry.path, !open);
  };
  const goTo = (index: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (row === undefined) return;
    setActive(row.entry.path);
    virtualizer.scrollToIndex(rows.indexOf(row));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[activeAt];
    if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const { entry, open, level } = row;
    const keys: Record<string, () => void> = {
      ArrowDown: () => goTo(activeAt + 1),
      ArrowUp: () => goTo(activeAt - 1),
      PageDown: () => goTo(activeAt + 10),
      PageUp: () => goTo(activeAt - 10),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      ArrowRight: () => {
        if (entry.kind === 'folder' && !open) toggle(entry.path, true);
        else if (open) goTo(activeAt + 1);
      },
      ArrowLeft: () => {
        if (entry.kind === 'folder' && open) toggle(entry.path, false);
        else goTo(rows.findLastIndex((other, index) => index < activeAt && other.level < level));
      },
      Enter: () => choose(row),
      ' ': () => choose(row),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  return (
    <div
      ref={scroller}
      className={classes.tree}
      role="tree"
      tabIndex={0}
      aria-label="Source files"
      aria-activedescendant={rows.length > 0 ? `${id}-${activeAt}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="none" style={{ position: 'relative', height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <Row
                key={row.entry.path}
                id={`${id}-${index}`}
                row={row}
                start={start}
                chosen={row.entry.path === chosen}
                active={index === activeAt}
                onChoose={() => choose(row)}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

type RowProps = {
  id: string;
  row: TreeRow;
  start: number;
  chosen: boolean;
  active: boolean;
  onChoose: () => void;
};

function Row({ id, row, start, chosen, active, onChoose }: RowProps) {
  const { entry, level, open, setSize, place } = row;
  const file = entry.kind === 'file' ? entry.file : undefined;
  const kept = file === undefined || file.hash !== null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the tree's, which has the focus
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and tells which of its items is active
    <div
      id={id}
      role="treeitem"
      aria-level={level}
      aria-setsize={setSize}
      aria-posinset={place}
      aria-expanded={entry.kind === 'folder' ? open : undefined}
      aria-selected={chosen}
      className={classes.row}
      data-active={active || undefined}
      data-kept={kept}
      title={file?.problem ?? entry.path}
      style={{ transform: `translateY(${start}px)`, paddingInlineStart: 8 + 14 * (level - 1) }}
      onClick={onChoose}
    >
      {entry.kind === 'folder' ? (
        <IconChevronRight size={13} aria-hidden className={classes.chevron} data-open={open || undefined} />
      ) : (
        <span className={classes.noChevron} />
      )}
      <span className={classes.name} dir="auto">
        <VisibleText text={entry.name} />
      </span>
      {file?.redacted && (
        <IconEyeOff size={13} className={classes.mark} role="img" aria-label="secrets replaced" />
      )}
      {!kept && <IconFileOff size={13} className={classes.mark} role="img" aria-label="not kept" />}
      <span className={classes.note}>
        {file ? formatBytes(file.size) : entry.kind === 'folder' ? formatCount(entry.files) : ''}
      </span>
    </div>
  );
}
