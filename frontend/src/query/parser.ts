import { compared, contained, flag, type Operand, oneOf, present, textEnd } from './checks.ts';
import { CONSTANTS, fieldOf, isSource, WORDS } from './fields.ts';
import { QueryError } from './queryError.ts';
import { quoted, type Token, type TokenKind, unquoted } from './tokens.ts';
import type { Condition, Field, Operator, Placed } from './tree.ts';

/**
 * Reads an expression by recursive descent, and knows at each place what can come next: the server's parser
 * (`store/query/language/parser.py`) has the grammar; both are tested with one corpus.
 */

const MAX_CONDITIONS = 50;
const MAX_DEPTH = 20;
const MAX_VALUES = 500;

const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}' };
const OPERATORS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const CALCULATING: ReadonlySet<string> = new Set('+-*/%@^~');
const ENDS: ReadonlySet<string> = new Set(['and', 'or', ',', ')', ']', '}']);

const NO_CALCULATION = 'A query does not calculate. Compare a field with a value or with another field.';

/** What Python, SQL or a text editor write for a sign of ours. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['=', 'Write == to compare.'],
  ['<>', 'Write != for different.'],
  ['&&', 'Write and.'],
  ['&', 'Write and.'],
  ['||', 'Write or.'],
  ['|', 'Write or.'],
  ['!', 'Write not.'],
  ...[...'“”„«»'].map((quote) => [quote, 'Write straight quotes: "…".'] as const),
  ...[...'‘’‚'].map((quote) => [quote, "Write straight quotes: '…'."] as const),
]);

/** What can stand at a place of a query. `nothing` cannot be suggested: it follows a mistake, or closes a bracket. */
export type Expected =
  | 'condition'
  | 'operator'
  | 'value'
  | 'list'
  | 'none'
  | 'container'
  | 'containment'
  | 'conjunction'
  | 'nothing';

/** What can stand at the end of what was read, and the field that it is about. */
export type Place = { expected: Expected; field?: Field };

/** What an error says of a place where nothing stands. */
const MISSING: Partial<Record<Expected, string>> = {
  condition: 'A condition',
  value: 'A value',
  list: 'A value',
  container: 'A value',
  none: 'None',
  containment: 'in',
};

/** The query ends where something must follow. */
class EndError extends QueryError {}

/** A condition in brackets, which can be joined with others but not compared. */
type Group = Placed & { group: Condition };
type Part = ({ operand: Operand } | { group: Condition } | { condition: Condition }) & Placed;

/**
 * What an expression asks.
 *
 * @throws QueryError if it cannot be understood
 */
export function parseExpression(tokens: readonly Token[], now: Date): Condition {
  return new Parser(tokens, now).whole();
}

/** What can follow some pieces of a query, whatever is wrong with them. */
export function expectedAfter(tokens: readonly Token[]): Place {
  return new Parser(tokens, undefined).placeAtEnd();
}

class Parser {
  #next = 0;
  #place: Place = { expected: 'condition' };
  #opened: Token[] = [];
  #depth = 0;
  #conditions = 0;
  readonly #now: Date;
  /** Without a time, only what can follow is looked for: mistakes are passed over. */
  readonly #strict: boolean;

  constructor(
    private readonly tokens: readonly Token[],
    now: Date | undefined,
  ) {
    this.#now = now ?? new Date(0);
    this.#strict = now !== undefined;
  }

  whole(): Condition {
    const condition = this.#conditionOf(this.#disjunction());
    if (this.#token) throw this.#unexpected();
    return condition;
  }

  placeAtEnd(): Place {
    for (;;) {
      try {
        this.#disjunction();
        if (!this.#token) return this.#place;
      } catch (error) {
        if (error instanceof EndError) return this.#place;
        if (!(error instanceof QueryError)) throw error;
      }
      this.#depth = 0;
      this.#opened = [];
      if (!this.#skip()) return this.#place;
    }
  }

  #disjunction(): Part {
    return this.#joined('or', () => this.#conjunction(), 'AnyOf');
  }

  #conjunction(): Part {
    return this.#joined('and', () => this.#negation(), 'AllOf');
  }

  #joined(word: string, read: () => Part, node: 'AllOf' | 'AnyOf'): Part {
    const first = read();
    if (!this.#is(word)) return first;
    const parts = [this.#conditionOf(first)];
    while (this.#take(word)) parts.push(this.#conditionOf(read()));
    const place = { start: parts[0]?.start ?? 0, end: parts.at(-1)?.end ?? 0 };
    return { condition: { node, parts, ...place }, ...place };
  }

  #negation(): Part {
    this.#expect('condition');
    const token = this.#token;
    if (!token || !this.#take('not')) return this.#comparison();
    this.#deeper(token);
    const part = this.#conditionOf(this.#negation());
    this.#depth -= 1;
    const place = { start: token.start, end: part.end };
    return { condition: { node: 'Negation', part, ...place }, ...place };
  }

  /** A comparison; a chain of them is all of its neighbours. */
  #comparison(): Part {
    let left = this.#operand();
    const found: Condition[] = [];
    for (;;) {
      this.#afterOperand(left, found.length > 0);
      const operator = this.#operator();
      if (!operator) break;
      this.#count(operator);
      const pair = this.#pair(this.#side(left), operator);
      found.push(pair.condition);
      left = pair.right;
    }
    if (this.#token && !ENDS.has(this.#token.text)) throw this.#unexpected();
    const [first] = found;
    if (!first) return left;
    const place = { start: first.start, end: found.at(-1)?.end ?? first.end };
    const condition: Condition = found.length === 1 ? first : { node: 'AllOf', parts: found, ...place };
    return { condition, ...place };
  }

  #afterOperand(part: Part, isCompared: boolean): void {
    if (!('operand' in part) || isCompared) this.#expect('conjunction');
    else this.#expect(part.operand.field ? 'operator' : 'containment', part.operand.field);
  }

  /** The operator that follows, if one does. `not in` and `is not` are one, as Python has them. */
  #operator(): Token | undefined {
    const token = this.#token;
    if (!token || (token.kind !== 'sign' && token.kind !== 'name')) return undefined;
    if (this.#take('not')) {
      this.#expect('containment');
      const after = this.#token;
      if (!after) throw this.#ended();
      if (!this.#take('in')) throw this.#unexpected();
      return { kind: token.kind, text: 'not in', start: token.start, end: after.end };
    }
    // Whoever writes = or <> is shown values all the same.
    const isMistaken = !this.#strict && (token.text === '=' || token.text === '<>');
    if (OPERATORS.has(token.text) || token.text === 'in' || isMistaken) {
      this.#next += 1;
      return token;
    }
    if (!this.#take('is')) return undefined;
    this.#expect('none');
    const after = this.#token;
    return after && this.#take('not')
      ? { kind: token.kind, text: 'is not', start: token.start, end: after.end }
      : token;
  }

  #pair(left: Operand, operator: Token): { condition: Condition; right: Part } {
    const { field } = left;
    if (operator.text === 'in' || operator.text === 'not in') {
      this.#expect(field ? 'list' : 'container', field);
      const values = this.#list(field);
      const isNegated = operator.text === 'not in';
      if (values) {
        const asked = this.#checked(() => oneOf(left, values, this.#now));
        const right: Group = { group: asked, start: left.start, end: this.#end };
        return { condition: this.#placed(asked, left, isNegated), right };
      }
      const right = this.#operand();
      const side = this.#side(right);
      const asked = this.#checked(() => contained(left, side));
      return { condition: this.#placed(asked, left, isNegated), right };
    }
    if (operator.text === 'is' || operator.text === 'is not') {
      const right = this.#operand();
      const side = this.#side(right);
      const asked = this.#checked(() => present(left, side));
      return { condition: this.#placed(asked, left, operator.text === 'is'), right };
    }
    this.#expect(field ? 'value' : 'condition', field);
    const right = this.#operand();
    const side = this.#side(right);
    const asked = this.#checked(() => compared(left, operator.text as Operator, side, this.#now));
    return { condition: this.#placed(asked, left), right };
  }

  #placed(condition: Condition, left: Operand, isNegated = false): Condition {
    const place = { start: left.start, end: this.#end };
    const part = { ...condition, ...place };
    return isNegated ? { node: 'Negation', part, ...place } : part;
  }

  /** What a part asks: a field by itself is true. */
  #conditionOf(part: Part): Condition {
    if ('group' in part) return part.group;
    if ('condition' in part) return part.condition;
    const { operand } = part;
    const { start, end } = operand;
    if (!operand.field && this.#strict) {
      const message = 'This is no condition. Say what it is compared with, or in which field it is.';
      throw new QueryError(message, start, end);
    }
    this.#count(operand);
    return { ...this.#checked(() => flag(operand)), start, end };
  }

  #side(part: Part): Operand {
    if ('operand' in part) return part.operand;
    const message = 'This has no place in a query. A query compares fields with values.';
    throw new QueryError(message, part.start, part.end);
  }

  #operand(): Part {
    const token = this.#token;
    if (!token) throw this.#ended();
    return this.#refuseCalculation(this.#plainOperand(token));
  }

  #plainOperand(token: Token): Part {
    const { kind, text, start, end } = token;
    if (kind === 'text') {
      this.#next += 1;
      return operand({ value: unquoted(text), start, end });
    }
    if (kind === 'number' || ((text === '+' || text === '-') && this.#kindAfter === 'number'))
      return operand(this.#number(token));
    const constant = kind === 'name' ? CONSTANTS.get(text) : undefined;
    if (constant !== undefined) {
      this.#next += 1;
      return operand({ value: constant, start, end });
    }
    if (kind === 'name' && !WORDS.has(text)) return this.#named(token);
    if (kind === 'sign' && CALCULATING.has(text)) throw new QueryError(NO_CALCULATION, start, end);
    if (kind === 'bracket' && text in CLOSING) return this.#bracketed(token);
    throw this.#unexpected();
  }

  #refuseCalculation(part: Part): Part {
    const token = this.#token;
    if (!this.#strict || token?.kind !== 'sign' || !CALCULATING.has(token.text)) return part;
    this.#next += 1;
    let end = token.end;
    try {
      end = this.#operand().end;
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      if (error.message === NO_CALCULATION) end = error.end;
    }
    throw new QueryError(NO_CALCULATION, part.start, end);
  }

  /** A number, with its sign. */
  #number(first: Token): Operand {
    const sign = first.kind === 'sign' ? first.text : '';
    if (sign !== '') this.#next += 1;
    const token = this.tokens[this.#next] ?? first;
    this.#next += 1;
    const after = this.#token;
    if (after?.start === token.end && (after.kind === 'name' || after.kind === 'number')) {
      const shown = [...`${token.text}${after.text}`].slice(0, 50).join('');
      throw new QueryError(`Write a text in quotes: ${quoted(shown)}.`, token.start, after.end);
    }
    const digits = token.text.replaceAll('_', '');
    const number = /^\d+$/.test(digits) ? wholeNumber(digits) : Number(digits);
    if (number === undefined) throw new QueryError('The number is too large.', first.start, token.end);
    return { value: sign === '-' ? -number : number, start: first.start, end: token.end };
  }

  /** A field, or a call of one: `git.branch`, `metrics["a.b"]`, `author.startswith("a")`. */
  #named(first: Token): Part {
    this.#next += 1;
    const parts = first.text.split('.');
    while (this.#token && !this.#previous.text.endsWith('.')) {
      if (this.#is('[')) {
        parts.push(this.#key(this.#token));
      } else if (this.#is('.') && this.#kindAfter === 'name') {
        this.#next += 1;
        parts.push(...(this.#token?.text ?? '').split('.'));
        this.#next += 1;
      } else {
        break;
      }
    }
    const { start } = first;
    const end = this.#end;
    const after = this.#token;
    if (after?.text === '(') return this.#call(first, parts, after);
    if (this.#previous.text.endsWith('.')) throw this.#unfinishedName(first, parts);
    if (WORDS.has(first.text.toLowerCase())) throw this.#unexpected(first);
    if (after?.kind === 'other' && (after.text === '"' || after.text === "'") && after.start === end)
      throw new QueryError('Write nothing before the quotes of a text: "…".', start, after.end);
    return operand({ field: fieldOf(parts, start, end), start, end });
  }

  #unfinishedName(first: Token, parts: readonly string[]): QueryError {
    const token = this.#token;
    const [source = ''] = parts;
    if (token?.kind === 'number' && token.start === this.#end && isSource(source)) {
      const name = [...parts.slice(1, -1), token.text].join('.');
      const message = `Write the name in brackets and quotes: ${source}[${quoted(name)}].`;
      return new QueryError(message, first.start, token.end);
    }
    const typed = [...parts.join('.')].slice(-50).join('');
    return new QueryError(`A name is missing after '${typed}'.`, first.start, this.#end);
  }

  /** The text in square brackets behind a name. */
  #key(opening: Token): string {
    this.#next += 1;
    this.#opened.push(opening);
    this.#expect('nothing');
    const token = this.#token;
    if (!token) throw this.#ended();
    if (token.kind === 'unclosed') throw this.#unexpected();
    if (token.kind !== 'text')
      throw new QueryError('Write the name in quotes: ["…"].', token.start, token.end);
    this.#next += 1;
    this.#close();
    return unquoted(token.text);
  }

  #call(first: Token, parts: string[], opening: Token): Part {
    const name = parts.pop() ?? '';
    const nameEnd = this.#end;
    this.#next += 1;
    this.#opened.push(opening);
    this.#expect('nothing');
    if ((name !== 'startswith' && name !== 'endswith') || parts.length === 0) {
      const message = 'A query calls nothing but .startswith("…") and .endswith("…").';
      throw new QueryError(message, first.start, nameEnd);
    }
    const argument = this.#is(')') ? undefined : this.#operand();
    const closing = this.#token;
    if (!closing && argument) throw this.#ended();
    if (closing?.text !== ')' || !argument) {
      const end = (closing ?? opening).end;
      throw new QueryError(`Write one text in the brackets: .${name}("…").`, first.start, end);
    }
    this.#close();
    const end = nameEnd - name.length - 1;
    const side = { field: fieldOf(parts, first.start, end), start: first.start, end };
    this.#count(opening);
    const text = this.#side(argument);
    const place = { start: first.start, end: closing.end };
    return { condition: { ...this.#checked(() => textEnd(side, name, text)), ...place }, ...place };
  }

  /** What stands in brackets: conditions, or one side of a comparison. */
  #bracketed(opening: Token): Part {
    if (opening.text !== '(') throw this.#listOutOfPlace(opening);
    this.#next += 1;
    this.#opened.push(opening);
    this.#deeper(opening);
    const part = this.#disjunction();
    if (this.#is(',')) throw this.#listOutOfPlace(opening);
    this.#close();
    this.#depth -= 1;
    if ('operand' in part) return part;
    return { group: this.#conditionOf(part), start: opening.start, end: this.#end };
  }

  #listOutOfPlace(opening: Token): QueryError {
    let depth = (this.#token?.text ?? '') in CLOSING ? 0 : 1;
    while (this.#token) {
      depth += nesting(this.#token.text);
      this.#next += 1;
      if (depth === 0) break;
    }
    return new QueryError('A list can stand after `in` only.', opening.start, this.#end);
  }

  /** The values of a list, if one follows. Round brackets around one operand are no list. */
  #list(field: Field | undefined): Operand[] | undefined {
    const opening = this.#token;
    if (!opening || !(opening.text in CLOSING) || (opening.text === '(' && !this.#isTuple()))
      return undefined;
    this.#next += 1;
    this.#opened.push(opening);
    const values: Operand[] = [];
    for (;;) {
      this.#expect(field ? 'value' : 'nothing', field);
      if (this.#is(CLOSING[opening.text] ?? '')) break;
      values.push(this.#side(this.#operand()));
      this.#expect('nothing');
      if (!this.#take(',')) break;
    }
    this.#close();
    if (values.length <= MAX_VALUES) return values;
    const count = values.length.toLocaleString('en-GB');
    throw new QueryError(
      `A list can have up to ${MAX_VALUES} values, not ${count}.`,
      opening.start,
      this.#end,
    );
  }

  /** Whether a bracket that opens has a comma at its own level, or nothing in it. */
  #isTuple(): boolean {
    let depth = 0;
    for (let place = this.#next; place < this.tokens.length; place += 1) {
      const text = this.tokens[place]?.text ?? '';
      depth += nesting(text);
      if (depth === 0) return place === this.#next + 1;
      if (depth === 1 && text === ',') return true;
    }
    return false;
  }

  get #token(): Token | undefined {
    return this.tokens[this.#next];
  }

  /** The piece that was read last; there is one. */
  get #previous(): Token {
    return this.tokens[this.#next - 1] as Token;
  }

  /** Where the piece that was read last ends. */
  get #end(): number {
    return this.#previous.end;
  }

  get #kindAfter(): TokenKind | undefined {
    return this.tokens[this.#next + 1]?.kind;
  }

  #is(text: string): boolean {
    return this.#token?.text === text;
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#next += 1;
    return true;
  }

  /** Takes the bracket that closes the one opened last. */
  #close(): void {
    if (!this.#token) throw this.#ended();
    if (this.#token.text !== CLOSING[this.#opened.at(-1)?.text ?? '']) throw this.#unexpected();
    this.#opened.pop();
    this.#next += 1;
  }

  #expect(expected: Expected, field?: Field): void {
    this.#place = field ? { expected, field } : { expected };
  }

  #deeper({ start, end }: Token): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH)
      throw new QueryError(
        `The query is nested too deep; up to ${MAX_DEPTH} levels can be asked.`,
        start,
        end,
      );
  }

  #count({ start, end }: Placed): void {
    this.#conditions += 1;
    if (this.#conditions > MAX_CONDITIONS && this.#strict) {
      const most = `The query has more than ${MAX_CONDITIONS} conditions`;
      throw new QueryError(`${most}, which are as many as can be asked at once.`, start, end);
    }
  }

  /** A condition; of one that does not fit, what follows can be suggested all the same. */
  #checked(check: () => Condition): Condition {
    return this.#strict ? check() : { node: 'AllOf', parts: [], start: 0, end: 0 };
  }

  /** Goes behind what joins the next condition, if there is one. */
  #skip(): boolean {
    this.#expect('nothing');
    while (this.#token) {
      const { text } = this.#token;
      this.#next += 1;
      if (text === 'and' || text === 'or') return true;
      this.#expect(text === ')' ? 'conjunction' : 'nothing');
    }
    return false;
  }

  /** The query ends here: what is missing? */
  #ended(): QueryError {
    const last = this.tokens.at(-1);
    if (!last) return new EndError('There is nothing to ask.', 0, 0);
    const missing = MISSING[this.#place.expected];
    if (missing === undefined) {
      const opening = this.#opened.at(-1) ?? last;
      return new EndError(`The closing ${CLOSING[opening.text]} is missing.`, opening.start, opening.end);
    }
    return new EndError(`${missing} is missing after '${tail(last.text)}'.`, last.start, last.end);
  }

  /** A piece cannot stand where it does: why, or what instead? */
  #unexpected(token = this.#token ?? this.#previous): QueryError {
    const { kind, text, start, end } = token;
    const wrong = (message: string, place: Placed = { start, end }) =>
      new QueryError(message, place.start, place.end);
    if (kind === 'unclosed') return wrong(`The closing ${text[0]} is missing.`);
    const instead = INSTEAD.get(text);
    if (instead !== undefined) return wrong(instead);
    if (kind === 'name' && !WORDS.has(text) && WORDS.has(text.toLowerCase()))
      return wrong(`Write ${text.toLowerCase()} in small letters.`);
    if (nesting(text) < 0) {
      if (this.#opened.length === 0) return wrong(`This ${text} closes no bracket.`);
      const missing = MISSING[this.#place.expected];
      const before = this.#previous;
      if (missing !== undefined) return wrong(`${missing} is missing after '${tail(before.text)}'.`, before);
    }
    const isWord = kind === 'name' || kind === 'text' || kind === 'number';
    const hint = isWord ? ' Conditions are joined by and, or; texts stand in quotes.' : '';
    return wrong(`'${[...text].slice(0, 50).join('')}' cannot stand here.${hint}`);
  }
}

function operand(read: Operand): Part {
  return { operand: read, start: read.start, end: read.end };
}

function nesting(text: string): number {
  if (text in CLOSING) return 1;
  return text === ')' || text === ']' || text === '}' ? -1 : 0;
}

function tail(text: string): string {
  return [...text].slice(-50).join('');
}

/** The store keeps as many. */
const MAX_BITS = 3_000;

/** A whole number with all its digits; undefined if it has too many. */
function wholeNumber(digits: string): number | bigint | undefined {
  const number = Number(digits);
  if (Number.isSafeInteger(number)) return number;
  const exact = BigInt(digits);
  if (exact === 2n ** 53n) return number;
  return exact.toString(2).length <= MAX_BITS ? exact : undefined;
}
