import { Blocks, isCount, MalformedTableError } from './blocks.ts';
import { numberColumn, type RunColumnData, type RunTable, runTable } from './runTable.ts';

const MAGIC = 'KVRC';
const VERSION = 1;
// The magic, and the length of the header.
const START = 8;

/** What is read of a header. All of it is checked where it is used. */
type Header = {
  version: unknown;
  runs: unknown;
  ids: { width?: unknown; block?: unknown; texts?: unknown } | undefined;
  started: unknown;
  titles: { places?: unknown; texts?: unknown } | undefined;
  columns: unknown;
};

type ColumnHeader = {
  name?: unknown;
  kind?: unknown;
  values?: unknown;
  digits?: unknown;
  notNumbers?: unknown;
  wholeNumbers?: { places?: unknown; texts?: unknown };
  codes?: unknown;
  labels?: unknown;
  leftOut?: unknown;
};

/**
 * Reads columns of runs as the server encodes them; `api/column_encoding.py` describes the bytes.
 *
 * @throws MalformedTableError if they are something else
 */
export function decodeRunTable(buffer: ArrayBuffer): RunTable {
  const { header, blocks } = readHeader(buffer);
  const { runs } = header;
  if (!isCount(runs)) throw new MalformedTableError('it does not say how many runs there are');
  const runIds = readIds(header, blocks, runs);
  const columns = Array.isArray(header.columns) ? header.columns : [];
  return runTable(
    runIds,
    readTitles(header, blocks, runIds),
    sumSteps(Float64Array.from(blocks.numbers(header.started, runs))),
    columns.map((column: unknown) => readColumn(column, blocks, runs)),
  );
}

function readHeader(buffer: ArrayBuffer): { header: Header; blocks: Blocks } {
  const bytes = new Uint8Array(buffer);
  if (bytes.length < START || String.fromCharCode(...bytes.subarray(0, 4)) !== MAGIC) {
    throw new MalformedTableError('it is no table of runs');
  }
  const end = START + new DataView(buffer).getUint32(4, true);
  if (end > bytes.length) throw new MalformedTableError('it ends too early');
  let header: Header | null;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(START, end)));
  } catch {
    throw new MalformedTableError('its header is damaged');
  }
  if (header?.version !== VERSION) {
    throw new MalformedTableError('it is of another version. Reload the page');
  }
  return { header, blocks: new Blocks(bytes.subarray(end)) };
}

function readIds({ ids }: Header, blocks: Blocks, runs: number): string[] {
  if (isCount(ids?.width)) return blocks.texts(ids.block, ids.width, runs);
  return readTexts(ids?.texts, runs);
}

function readTitles({ titles }: Header, blocks: Blocks, runIds: string[]): string[] {
  const places = blocks.wholes(titles?.places);
  const texts = readTexts(titles?.texts, places.length);
  const found = [...runIds];
  places.forEach((row, place) => {
    if (row >= found.length) throw new MalformedTableError('it has the title of a run that is not there');
    found[row] = texts[place] ?? '';
  });
  return found;
}

function readTexts(value: unknown, count: number): string[] {
  if (!Array.isArray(value) || value.length !== count || !value.every((text) => typeof text === 'string')) {
    throw new MalformedTableError('its texts are not those of its runs');
  }
  return value;
}

/** Times from the steps between them; in place. */
function sumSteps(steps: Float64Array): Float64Array {
  let last = 0;
  for (let row = 0; row < steps.length; row += 1) {
    const step = steps[row] ?? Number.NaN;
    if (!Number.isNaN(step)) last += step;
    steps[row] = Number.isNaN(step) ? step : last;
  }
  return steps;
}

function readColumn(value: unknown, blocks: Blocks, runs: number): RunColumnData {
  const column = (value ?? {}) as ColumnHeader;
  if (typeof column.name !== 'string') throw new MalformedTableError('a column has no name');
  if (column.kind === 'number') {
    const notNumbers = column.notNumbers === undefined ? [] : blocks.wholes(column.notNumbers);
    const values = Float64Array.from(blocks.numbers(column.values, runs));
    if (isCount(column.digits)) roundTo(values, column.digits);
    const wholeNumbers = readWholeNumbers(column.wholeNumbers, blocks, runs);
    return numberColumn(column.name, values, Uint32Array.from(notNumbers), wholeNumbers);
  }
  if (column.kind !== 'category') throw new MalformedTableError('a column is of an unknown kind');
  const labels = Array.isArray(column.labels) ? readTexts(column.labels, column.labels.length) : [];
  const codes = Int32Array.from(blocks.wholes(column.codes, runs));
  if (codes.some((code) => code < -1 || code >= labels.length)) {
    throw new MalformedTableError('it has values without labels');
  }
  const leftOut = isCount(column.leftOut) ? column.leftOut : 0;
  return { kind: 'category', name: column.name, codes, labels, leftOut };
}

function readWholeNumbers(
  header: ColumnHeader['wholeNumbers'],
  blocks: Blocks,
  runs: number,
): Map<number, `${bigint}`> {
  if (header === undefined) return new Map();
  const places = blocks.wholes(header.places);
  const texts = readTexts(header.texts, places.length);
  return new Map(
    texts.map((text, index) => {
      const row = places[index] ?? runs;
      if (row >= runs || !isWhole(text)) throw new MalformedTableError('it has digits of no number');
      return [row, text];
    }),
  );
}

function isWhole(text: string): text is `${bigint}` {
  return /^-?\d+$/.test(text);
}

const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** Rounds to significant digits, in place: what stands behind them in a 32-bit number was never measured. */
function roundTo(values: Float64Array, digits: number): void {
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? 0;
    if (value === 0 || !Number.isFinite(value)) continue;
    const places = digits - 1 - Math.floor(Math.log10(Math.abs(value)));
    const power = POWERS[Math.abs(places)];
    if (power === undefined) values[row] = Number(value.toPrecision(digits));
    else values[row] = places < 0 ? Math.round(value / power) * power : Math.round(value * power) / power;
  }
}
