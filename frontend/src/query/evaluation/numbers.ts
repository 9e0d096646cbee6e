import type { Operator } from '../tree.ts';

type Size = number | bigint;

/** Whether two numbers of any size compare so. NaN compares with nothing. */
export function compareSizes(left: Size, operator: Operator, right: Size): boolean {
  // JavaScript compares bigints with numbers by their mathematical value.
  switch (operator) {
    case '==':
      // biome-ignore lint/suspicious/noDoubleEquals: a bigint is never strictly equal to a number
      return left == right;
    case '!=':
      // biome-ignore lint/suspicious/noDoubleEquals: see above
      return left != right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/**
 * Whether numbers of two fields compare so. Where only one of them has all its digits, floats decide: the other may have
 * lost its own.
 */
export function compareStored(left: Size, operator: Operator, right: Size): boolean {
  if (typeof left === 'bigint' && typeof right === 'bigint') return compareSizes(left, operator, right);
  return compareSizes(Number(left), operator, Number(right));
}

/** Whether two texts compare so, by the code points of their characters. */
export function compareTexts(left: string, operator: Operator, right: string): boolean {
  return compareSizes(left === right ? 0 : isBefore(left, right) ? -1 : 1, operator, 0);
}

function isBefore(left: string, right: string): boolean {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    if (left[at] !== right[at]) return (left.codePointAt(at) ?? 0) < (right.codePointAt(at) ?? 0);
  }
  return left.length < right.length;
}
