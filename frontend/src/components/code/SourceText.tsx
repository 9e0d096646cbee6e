import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import classes from './SourceText.module.css';
import { lineWidth, sourceLines } from './sourceLines.ts';
import tokens from './tokens.module.css';
import { VisibleText } from './VisibleText.tsx';

const LINE_HEIGHT = 20;

type SourceTextProps = { source: string; path: string; label: string };

/** A source file with line numbers; only the lines in view exist in the page. */
export function SourceText({ source, path, label }: SourceTextProps) {
  const scroller = useRef<HTMLElement>(null);
  const lines = useMemo(() => sourceLines(source, path), [source, path]);
  const width = useMemo(() => lines.reduce((most, line) => Math.max(most, lineWidth(line)), 0), [lines]);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 30,
  });
  const digits = String(lines.length).length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section ref={scroller} className={classes.root} tabIndex={0} aria-label={label}>
      <pre
        className={tokens.root}
        style={{
          height: virtualizer.getTotalSize(),
          width: `calc(${width + digits}ch + var(--gutter) * 3)`,
        }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          return (
            <code key={index} className={classes.line} style={{ transform: `translateY(${start}px)` }}>
              <span className={classes.number} style={{ width: `${digits}ch` }} data-number={index + 1} />
              <span className={classes.text}>
                {line?.tokens.map(({ text, kind }, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity but their place
                  <span key={at} data-token={kind}>
                    <VisibleText text={text} />
                  </span>
                ))}
                {line !== undefined && line.more > 0 && (
                  <span className={classes.more}> … {line.more} more characters</span>
                )}
              </span>
              {'\n'}
            </code>
          );
        })}
      </pre>
    </section>
  );
}
