import type { JsonValue } from '../../formatting/scalars.ts';
import type { Field } from '../tree.ts';

/** Numbers, one per run; NaN where a run has none. */
export type NumberColumn = {
  kind: 'number';
  values: ArrayLike<number>;
  /** All digits of whole numbers that a float does not tell apart, by run. */
  exact?: ReadonlyMap<number, bigint>;
};

/** Values that many runs share: of each run the place of its value, or -1. */
export type ValueColumn = {
  kind: 'values';
  codes: ArrayLike<number>;
  values: readonly JsonValue[];
  /** Parameters as the store writes them, in the order of `values`; words are compared with these. */
  written?: readonly string[];
};

/** Texts of which a run may have several, such as tags. */
export type SetColumn = { kind: 'sets'; values: readonly (readonly string[])[] };

export type EvaluatedColumn = NumberColumn | ValueColumn | SetColumn;

/**
 * Runs whose columns are in memory. Fields are read as they are stored, without what stands for a missing value: a title
 * only where somebody gave one would be the id, a run without a status has succeeded, and flags are never missing.
 */
export type EvaluatedRuns = {
  count: number;
  /** The column of a field; undefined where no run has a value. */
  column: (field: Pick<Field, 'source' | 'name' | 'part'>) => EvaluatedColumn | undefined;
  /** Titles that somebody gave, for words: those of other runs are their ids. */
  givenTitles: () => ValueColumn | undefined;
  /** Columns of tracked documents, one per dataset, for words. */
  documents: () => Iterable<ValueColumn>;
};
