import { writeExactJson } from '../../formatting/exactJson.ts';
import type { JsonValue } from '../../formatting/scalars.ts';

/** A parameter's value in one line. */
export function textOfValue(value: JsonValue): string {
  return (typeof value === 'string' ? value : writeExactJson(value)).slice(0, 300);
}
