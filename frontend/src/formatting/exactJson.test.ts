import { describe, expect, it } from 'vitest';
import { parseJson, writeExactJson } from './exactJson.ts';
import type { JsonValue } from './scalars.ts';

describe('exact JSON', () => {
  it.each<[string, JsonValue]>([
    ['{"a": [1, 2.5, "x", null, true]}', { a: [1, 2.5, 'x', null, true] }],
    ['9007199254740993', 9007199254740993n],
    ['9007199254740991', 9007199254740991],
    ['-9007199254740993', -9007199254740993n],
    ['[1000000000000000000000000000000]', [10n ** 30n]],
    ['{"seed": 9007199254740993, "n": 1e+16}', { seed: 9007199254740993n, n: 1e16 }],
    ['[NaN, Infinity, -Infinity]', [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
    ['["9007199254740993", "NaN", "a \\" NaN"]', ['9007199254740993', 'NaN', 'a " NaN']],
    [
      '{"NaN": 9007199254740993, "12345678901234567890": 1}',
      { NaN: 9007199254740993n, '12345678901234567890': 1 },
    ],
    ['0.12345678901234567890', 0.12345678901234568],
    ['1.2345678901234567e+20', 1.2345678901234567e20],
    ['"\\\\"', '\\'],
  ])('reads %s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
    // A float that is written without an exponent is read as the whole number that it is.
    const written = writeExactJson(value);
    expect(writeExactJson(parseJson(written))).toBe(written);
  });

  it('is written with all digits', () => {
    expect(
      writeExactJson({ seed: 9007199254740993n, bad: [Number.NaN, Number.NEGATIVE_INFINITY, 'NaN'] }),
    ).toBe('{"seed":9007199254740993,"bad":[NaN,-Infinity,"NaN"]}');
  });

  it('keeps what is called __proto__', () => {
    expect(Object.keys(parseJson('{"__proto__": 9007199254740993}') as object)).toEqual(['__proto__']);
  });
});
