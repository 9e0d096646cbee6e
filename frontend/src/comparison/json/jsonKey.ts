import { writeExactJson } from '../../formatting/exactJson.ts';
import type { JsonValue } from '../../formatting/scalars.ts';

/** A text that is the same for equal values: keys have no order. */
export function toKey(value: JsonValue): string {
  return writeExactJson(value, (inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
