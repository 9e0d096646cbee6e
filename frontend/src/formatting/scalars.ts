/** Any JSON value. A whole number that a JavaScript number does not hold is a `bigint`; see `parseJson`. */
export type JsonValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | JsonValue[]
  | { [key: string]: JsonValue };

/** A number; what a JSON number cannot hold comes as text: NaN, infinities, and whole numbers of many digits. */
export type NumberValue = number | 'NaN' | 'Infinity' | '-Infinity' | `${bigint}`;

/** JSON as a text, for `parseJson`. */
export type JsonText = string;

/** JSON texts of one column, `null` where a row has none. */
export type JsonTextColumn = (JsonText | null)[];

/** Numbers of one column, `null` where a row has none. */
export type NumberColumn = (NumberValue | null)[];
