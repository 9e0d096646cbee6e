import type { NumberFormat } from '../../formatting/numbers.ts';
import { type TableColumn, widthOf } from '../columns/tableColumns.ts';

export const ROW_HEIGHT = 36;

/** The column with the checkboxes, in front of all others. */
export const SELECT_WIDTH = 36;

/** Columns are drawn in blocks of so many, so that scrolling sideways draws only the blocks that come into view. */
const BLOCK = 6;

/** A column at its place. */
export type LaidColumn = {
  column: TableColumn;
  /** Counted from 0, the checkboxes left out. */
  index: number;
  left: number;
  width: number;
  /** Whether another group begins here. */
  starts: boolean;
  /** How its values are written; `usual` is what most runs have. */
  format: NumberFormat | undefined;
  usual: string | undefined;
};

/** Columns that are drawn together. */
export type Block = { key: number; left: number; right: number; columns: LaidColumn[] };

/** All columns at their places: the pinned ones, and blocks of those that scroll. */
export type Layout = {
  pinned: LaidColumn[];
  /** With the checkboxes. */
  pinnedWidth: number;
  blocks: Block[];
  width: number;
};

/** How values of a column are written. */
export type Formats = {
  formatOf: (column: string) => NumberFormat | undefined;
  usualOf: (column: string) => string | undefined;
};

/** Puts columns at their places. */
export function layColumns(
  columns: { pinned: readonly TableColumn[]; free: readonly TableColumn[] },
  widths: ReadonlyMap<string, number>,
  formats: Formats,
  compact: boolean,
): Layout {
  const lay = (list: readonly TableColumn[], first: number, from: number): LaidColumn[] => {
    let left = from;
    return list.map((column, at) => {
      const width = widthOf(column, widths, compact);
      const laid: LaidColumn = {
        column,
        index: first + at,
        left,
        width,
        starts: column.group !== '' && column.group !== list[at - 1]?.group,
        format: formats.formatOf(column.name),
        usual: formats.usualOf(column.name),
      };
      left += width;
      return laid;
    });
  };
  const pinned = lay(columns.pinned, 0, SELECT_WIDTH);
  const last = pinned.at(-1);
  const pinnedWidth = last ? last.left + last.width : SELECT_WIDTH;
  const free = lay(columns.free, pinned.length, pinnedWidth);
  const blocks: Block[] = [];
  for (let at = 0; at < free.length; at += BLOCK) {
    const inBlock = free.slice(at, at + BLOCK);
    const [start, end] = [inBlock[0], inBlock.at(-1)];
    if (start && end) {
      blocks.push({ key: at / BLOCK, left: start.left, right: end.left + end.width, columns: inBlock });
    }
  }
  return { pinned, pinnedWidth, blocks, width: blocks.at(-1)?.right ?? pinnedWidth };
}

/** The blocks that are in view, as a range of their numbers; `to` is the last one. */
export function blocksInView(
  { blocks, pinnedWidth }: Layout,
  scrollLeft: number,
  width: number,
): { from: number; to: number } {
  const from = blocks.findIndex(({ right }) => right > scrollLeft + pinnedWidth);
  if (from < 0) return { from: Math.max(0, blocks.length - 1), to: blocks.length - 1 };
  let to = from;
  while (to + 1 < blocks.length && (blocks[to + 1]?.left ?? 0) < scrollLeft + width) to += 1;
  return { from, to };
}
