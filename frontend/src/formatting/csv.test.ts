import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

describe('CSV', () => {
  it('quotes commas, quotes and line breaks', () => {
    expect(toCsv([['a,b', 'say "hi"', 'two\nlines', 'plain']])).toBe(
      '"a,b","say ""hi""","two\nlines",plain\r\n',
    );
  });

  it('leaves missing values empty and writes numbers exactly', () => {
    expect(toCsv([[null, undefined, -0.1, 0.1 + 0.2, true]])).toBe(',,-0.1,0.30000000000000004,true\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1+1', "'  =1+1"],
    ['\t=1', "'\t=1"],
    ['＝1+1', "'＝1+1"],
    ['＋1+1', "'＋1+1"],
    ['－1+1', "'－1+1"],
    ['＠SUM(A1)', "'＠SUM(A1)"],
    ['﹦1+1', "'﹦1+1"],
    ['−1+1', "'−1+1"],
    ["|cmd' /C calc'!A0", "'|cmd' /C calc'!A0"],
    ['\uFEFF=1+1', "'\uFEFF=1+1"],
    ['\u200B\u00A0=1+1', "'\u200B\u00A0=1+1"],
    ['\u001B=1+1', "'\u001B=1+1"],
  ])('disarms the formula %j', (text, cell) => {
    expect(toCsv([[text]])).toBe(`${cell}\r\n`);
  });

  it.each(['-1.5', '−1.5', '+3', '1e-7', '-Infinity', 'a=b', 'x@y', '', ' '])(
    'leaves %j as it is',
    (text) => {
      expect(toCsv([[text]])).toBe(`${text}\r\n`);
    },
  );
});
