/** Bytes that are no table of runs. */
export class MalformedTableError extends Error {
  constructor(reason: string) {
    super(`The server's answer cannot be read: ${reason}.`);
    this.name = 'MalformedTableError';
  }
}

// The server writes little-endian numbers, as all machines that browsers run on have them.
const ARRAYS = {
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

type NumberArray = InstanceType<(typeof ARRAYS)[keyof typeof ARRAYS]>;

/** Where numbers stand, as the header of an answer tells it. */
type Block = { type: string; start: number; count: number };

/** Reads the blocks behind an answer's header: of each, the first bytes of all numbers, then the second ones, and so on. */
export class Blocks {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /**
   * The numbers of a block.
   *
   * @param count how many there must be; any number of them if undefined
   */
  numbers(value: unknown, count?: number): NumberArray {
    const block = readBlock(value);
    if (!Object.hasOwn(ARRAYS, block.type))
      throw new MalformedTableError(`it has numbers of type ${block.type}`);
    if (count !== undefined && block.count !== count) {
      throw new MalformedTableError(`a column has ${block.count} values for ${count} runs`);
    }
    const type = ARRAYS[block.type as keyof typeof ARRAYS];
    return new type(this.#joined(block.start, block.count, type.BYTES_PER_ELEMENT).buffer);
  }

  /** Whole numbers of a block; see `numbers`. */
  wholes(value: unknown, count?: number): Exclude<NumberArray, Float32Array | Float64Array> {
    const found = this.numbers(value, count);
    if (found instanceof Float64Array || found instanceof Float32Array) {
      throw new MalformedTableError('it has fractions in the place of whole numbers');
    }
    return found;
  }

  /** Texts of one length: `count` of them, each `width` bytes long. */
  texts(value: unknown, width: number, count: number): string[] {
    const block = readBlock(value);
    if (block.type !== 'text' || block.count !== width * count)
      throw new MalformedTableError('its ids are cut');
    const text = new TextDecoder('latin1').decode(this.#joined(block.start, count, width));
    return Array.from({ length: count }, (_, row) => text.slice(row * width, (row + 1) * width));
  }

  /** The bytes of each number beside each other again. */
  #joined(start: number, count: number, size: number): Uint8Array<ArrayBuffer> {
    if (start + count * size > this.#bytes.length) throw new MalformedTableError('it ends too early');
    const bytes = new Uint8Array(count * size);
    let at = start;
    for (let place = 0; place < size; place += 1) {
      for (let to = place; to < bytes.length; to += size, at += 1) bytes[to] = this.#bytes[at] ?? 0;
    }
    return bytes;
  }
}

function readBlock(value: unknown): Block {
  const block = value as Partial<Block> | null | undefined;
  if (typeof block?.type !== 'string' || !isCount(block.start) || !isCount(block.count)) {
    throw new MalformedTableError('it does not say where its numbers stand');
  }
  return block as Block;
}

/** Whether a value of a header says how many there are of something. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
