import type { ColumnKind } from '../runs/runColumns.ts';

/** Where the values of a field come from. */
export type FieldSource = 'run' | 'metrics' | 'params' | 'json' | 'series';

/** A part of a query, from `start` to before `end` of the text. */
export type Placed = { start: number; end: number };

/** Something that runs have. `part` is of a series: `last`, `min` or `max`. */
export type Field = Placed & { source: FieldSource; name: string; part: string; kind: ColumnKind };

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** What a field is compared with. Times are milliseconds since 1970; whole numbers beyond 2**53 are bigints. */
export type Value = boolean | number | bigint | string;

export type Test = Placed &
  (
    | { node: 'Compare'; field: Field; operator: Operator; value: Value }
    | { node: 'CompareFields'; left: Field; operator: Operator; right: Field }
    | { node: 'OneOf'; field: Field; values: readonly Value[] }
    | { node: 'Contains'; field: Field; value: Value }
    | { node: 'BeginsOrEnds'; field: Field; side: 'startswith' | 'endswith'; text: string }
    | { node: 'IsThere'; field: Field }
  );

export type Condition =
  | Test
  | (Placed & { node: 'AllOf' | 'AnyOf'; parts: readonly Condition[] })
  | (Placed & { node: 'Negation'; part: Condition });

/** What a query asks: conditions over fields, or words that stand in a run. */
export type Tree = Condition | (Placed & { node: 'Words'; words: readonly string[] });

/** A field as messages show it. */
export function nameOf({ source, name, part }: Field): string {
  if (source === 'metrics' && name.startsWith('[')) return `${source}${name}`;
  const shown = source === 'run' ? name : `${source}.${name}`;
  return part === '' ? shown : `${shown}.${part}`;
}

/** The fields that a query names, in order. */
export function fieldsOf(tree: Tree): Field[] {
  switch (tree.node) {
    case 'Words':
      return [];
    case 'AllOf':
    case 'AnyOf':
      return tree.parts.flatMap(fieldsOf);
    case 'Negation':
      return fieldsOf(tree.part);
    case 'CompareFields':
      return [tree.left, tree.right];
    default:
      return [tree.field];
  }
}
