/** Any JSON value. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A number; the three values that JSON cannot hold come as text. */
export type NumberValue = number | 'NaN' | 'Infinity' | '-Infinity';

/** Numbers of one column, `null` where a row has none. */
export type NumberColumn = (NumberValue | null)[];
