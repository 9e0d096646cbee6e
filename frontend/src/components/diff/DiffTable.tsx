import { Button } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Fragment, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { countOf } from '../../formatting/numbers.ts';
import type { Token } from '../code/pythonTokens.ts';
import tokenClasses from '../code/tokens.module.css';
import { VisibleText } from '../code/VisibleText.tsx';
import classes from './DiffTable.module.css';
import { type DiffLine, pairLines, runsOfLines, type Stretch } from './diffLine.ts';
import { pythonTokensOf, toSegments } from './segments.ts';
import { markWords, type Range } from './wordMarks.ts';

/** `split`: the two texts beside each other. */
export type DiffMode = 'unified' | 'split';

/** Lines that are in the page at first, and that come with each click on "more". */
const CHUNK = 1500;

/** A hidden stretch opens as a whole up to this length, else a part at a time. */
const OPENED_AT_ONCE = 500;

type DiffTableProps = {
  stretches: readonly Stretch[];
  mode: DiffMode;
  /** Whether to highlight Python. */
  python: boolean;
  /** What is compared, for those who do not see it. */
  label: string;
};

type Look = { tokens: Map<DiffLine, Token[]>; marks: Map<DiffLine, Range[]> };

/** The lines of a diff as a table. Only a part of a long one exists in the page until one asks for more. */
export function DiffTable({ stretches, mode, python, label }: DiffTableProps) {
  const [count, setCount] = useState(CHUNK);
  // How many lines of each hidden stretch are open.
  const [opened, setOpened] = useState<ReadonlyMap<Stretch, number>>(new Map());
  const look = useMemo((): Look => {
    const lines = stretches.flatMap((stretch) => (stretch.kind === 'left out' ? [] : stretch.lines));
    return { tokens: python ? pythonTokensOf(lines) : new Map(), marks: markWords(lines) };
  }, [stretches, python]);

  const firstOpened = useRef<HTMLTableRowElement>(null);
  const [lastOpened, setLastOpened] = useState<DiffLine>();
  useEffect(() => {
    // The button that opened them is gone; whoever pressed it goes on from there.
    if (lastOpened !== undefined) firstOpened.current?.focus();
  }, [lastOpened]);

  const openLines = (stretch: Stretch) =>
    stretch.kind === 'shown' ? stretch.lines.length : Math.min(opened.get(stretch) ?? 0, sizeOf(stretch));
  const unseen = stretches.reduce((sum, stretch) => sum + openLines(stretch), 0) - count;
  let left = count;
  const take = (lines: DiffLine[]) => {
    const taken = lines.slice(0, Math.max(0, left));
    left -= lines.length;
    return taken;
  };
  const width = mode === 'split' ? 6 : 4;
  const rowsOf = (lines: DiffLine[]) => (
    <Rows lines={lines} mode={mode} look={look} landing={{ line: lastOpened, ref: firstOpened }} />
  );
  return (
    <div className={`${classes.root} ${tokenClasses.root}`}>
      <table className={classes.table} data-mode={mode}>
        <caption className="visually-hidden">{label}</caption>
        <colgroup>
          {mode === 'split' ? (
            <>
              <col className={classes.numberColumn} />
              <col className={classes.signColumn} />
              <col />
              <col className={classes.numberColumn} />
              <col className={classes.signColumn} />
              <col />
            </>
          ) : (
            <>
              <col className={classes.numberColumn} />
              <col className={classes.numberColumn} />
              <col className={classes.signColumn} />
              <col />
            </>
          )}
        </colgroup>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Line before</th>
            {mode === 'unified' && <th scope="col">Line after</th>}
            <th scope="col">Change</th>
            <th scope="col">Text</th>
            {mode === 'split' && (
              <>
                <th scope="col">Line after</th>
                <th scope="col">Change</th>
                <th scope="col">Text</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {stretches.map((stretch, index) => {
            if (left <= 0) return null;
            if (stretch.kind === 'left out') {
              // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no identity but their place
              return <Gap key={index} width={width} place={stretch.place} />;
            }
            const open = openLines(stretch);
            const hidden = stretch.lines.slice(open);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no identity but their place
              <Fragment key={index}>
                {rowsOf(take(stretch.lines.slice(0, open)))}
                {hidden.length > 0 && left > 0 && (
                  <Gap
                    width={width}
                    hidden={hidden.length}
                    onOpen={() => {
                      setOpened(new Map(opened).set(stretch, open + OPENED_AT_ONCE));
                      setCount(count + OPENED_AT_ONCE);
                      setLastOpened(hidden[0]);
                    }}
                  />
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
      {unseen > 0 && (
        <div className={classes.more}>
          <Button onClick={() => setCount(count + CHUNK)}>Show more lines</Button>
          <span>{countOf(unseen, 'line')} of this diff not shown yet</span>
        </div>
      )}
    </div>
  );
}

function sizeOf(stretch: Stretch): number {
  return stretch.kind === 'left out' ? 0 : stretch.lines.length;
}

type GapProps = { width: number; place?: string; hidden?: number; onOpen?: () => void };

function Gap({ width, place, hidden = 0, onOpen }: GapProps) {
  return (
    <tr className={classes.gap}>
      <td colSpan={width}>
        {onOpen ? (
          <button type="button" className={classes.open} onClick={onOpen}>
            <IconDots size={16} aria-hidden />
            {countOf(hidden, 'unchanged line')}
          </button>
        ) : (
          <span className={classes.place}>
            <IconDots size={16} aria-hidden />
            <span className="visually-hidden">Lines left out. </span>
            {place}
          </span>
        )}
      </td>
    </tr>
  );
}

type RowsProps = {
  lines: DiffLine[];
  mode: DiffMode;
  look: Look;
  /** The row that takes the focus. */
  landing: { line: DiffLine | undefined; ref: RefObject<HTMLTableRowElement | null> };
};

function Rows({ lines, mode, look, landing }: RowsProps) {
  const landingProps = (line: DiffLine | undefined) =>
    line !== undefined && line === landing.line ? { ref: landing.ref, tabIndex: -1 } : {};
  if (mode === 'unified') {
    return lines.map((line) => (
      <tr key={keyOf(line)} {...landingProps(line)}>
        <td className={classes.number} data-kind={line.kind} data-number={line.before} />
        <td className={classes.number} data-kind={line.kind} data-number={line.after} />
        <Text line={line} look={look} />
      </tr>
    ));
  }
  return runsOfLines(lines).flatMap((run) => {
    const pairs = run.changed ? pairLines(run.lines) : run.lines.map((line) => [line, line] as const);
    return pairs.map(([before, after]) => (
      <tr key={`${before?.before}:${after?.after}`} {...landingProps(before)}>
        <Side line={before} number={before?.before} look={look} />
        <Side line={after} number={after?.after} look={look} />
      </tr>
    ));
  });
}

function keyOf({ before, after }: DiffLine): string {
  return `${before}:${after}`;
}

function Side({ line, number, look }: { line?: DiffLine; number?: number; look: Look }) {
  if (line === undefined) return <td className={classes.nothing} colSpan={3} />;
  return (
    <>
      <td className={classes.number} data-kind={line.kind} data-number={number} />
      <Text line={line} look={look} />
    </>
  );
}

const SIGNS = { same: '', removed: '−', added: '+' };

function Text({ line, look }: { line: DiffLine; look: Look }) {
  const Word = line.kind === 'added' ? 'ins' : 'del';
  return (
    <>
      <td className={classes.sign} data-kind={line.kind}>
        <span aria-hidden>{SIGNS[line.kind]}</span>
        {line.kind !== 'same' && <span className="visually-hidden">{line.kind}</span>}
      </td>
      <td className={classes.text} data-kind={line.kind}>
        {toSegments(line.text, look.tokens.get(line), look.marks.get(line)).map(({ marked, tokens }, i) =>
          marked ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity but their place
            <Word key={i} className={classes.word}>
              <Tokens tokens={tokens} />
            </Word>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity but their place
            <Tokens key={i} tokens={tokens} />
          ),
        )}
        {line.unended && <span className={classes.unended}>no line break at the end</span>}
      </td>
    </>
  );
}

function Tokens({ tokens }: { tokens: Token[] }) {
  return tokens.map(({ text, kind }, i) =>
    kind === undefined ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity but their place
      <VisibleText key={i} text={text} />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity but their place
      <span key={i} data-token={kind}>
        <VisibleText text={text} />
      </span>
    ),
  );
}
