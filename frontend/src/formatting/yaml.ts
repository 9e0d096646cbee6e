import type { JsonValue } from './scalars.ts';

/** A value as YAML text, in block style. What is no plain word is quoted as in JSON, which YAML reads. */
export function toYaml(value: JsonValue): string {
  return isEmptyOrScalar(value) ? `${scalar(value)}\n` : block(value, 0);
}

type Composite = JsonValue[] | { [key: string]: JsonValue };
type Scalar = string | number | bigint | boolean | null;

function isEmptyOrScalar(value: JsonValue): value is Scalar {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

function block(value: Composite, depth: number): string {
  const indent = '  '.repeat(depth);
  if (Array.isArray(value)) {
    return value.map((entry) => `${indent}-${nested(entry, depth)}`).join('');
  }
  return Object.entries(value)
    .map(([key, entry]) => `${indent}${scalar(key)}:${nested(entry, depth)}`)
    .join('');
}

function nested(value: JsonValue, depth: number): string {
  return isEmptyOrScalar(value) ? ` ${scalar(value)}\n` : `\n${block(value as Composite, depth + 1)}`;
}

// Begins with a letter, a slash, a dot or an underscore, and has nothing in it that means something in YAML.
const PLAIN = /^[A-Za-z_/.][\w ./\\@+-]*$/;
// These are read as something else than text, or were by YAML 1.1.
const RESERVED = /^(?:true|false|yes|no|on|off|y|n|null|~|\.inf|\.nan|[.\d_]+(?:e[+-]?\d+)?)$/i;

function scalar(value: JsonValue): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[]' : '{}';
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  }
  if (typeof value !== 'string') return String(value);
  return PLAIN.test(value) && !RESERVED.test(value) && value === value.trim() && !value.includes(' #')
    ? value
    : JSON.stringify(value);
}
