import { IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { toNumberList } from '../formatting/numberList.ts';
import type { JsonValue } from '../formatting/scalars.ts';
import classes from './JsonTree.module.css';
import { Sparkline } from './Sparkline.tsx';

/** Entries that are shown at a time; the rest on demand. */
const CHUNK = 100;
/** Longer text is cut until one asks for it. */
const LONG_TEXT = 300;
const OPEN_DEPTH = 2;

/** A JSON value as a tree that opens and closes; only what is open exists in the page. Lists of numbers are curves, too. */
export function JsonTree({ value }: { value: JsonValue }) {
  return (
    <div className={classes.tree}>
      {isComposite(value) ? <Entries value={value} depth={0} /> : <Leaf value={value} />}
    </div>
  );
}

type Composite = JsonValue[] | { [key: string]: JsonValue };

function isComposite(value: JsonValue): value is Composite {
  return typeof value === 'object' && value !== null;
}

function Entries({ value, depth }: { value: Composite; depth: number }) {
  const [count, setCount] = useState(CHUNK);
  const isArray = Array.isArray(value);
  const entries: [string, JsonValue][] = isArray
    ? value.slice(0, count).map((entry, index) => [String(index), entry])
    : Object.entries(value).slice(0, count);
  const total = isArray ? value.length : Object.keys(value).length;
  if (total === 0) return <span className={classes.summary}>{isArray ? '[ ]' : '{ }'}</span>;
  return (
    <ul className={classes.entries}>
      {entries.map(([key, entry]) => (
        <li key={key}>
          <Entry name={key} value={entry} depth={depth} index={isArray} />
        </li>
      ))}
      {total > count && (
        <li>
          <button type="button" className={classes.more} onClick={() => setCount(count + 10 * CHUNK)}>
            {total - count} more…
          </button>
        </li>
      )}
    </ul>
  );
}

function Entry(props: { name: string; value: JsonValue; depth: number; index: boolean }) {
  const { name, value, depth } = props;
  const size = isComposite(value) ? Object.keys(value).length : 0;
  const [open, setOpen] = useState(depth < OPEN_DEPTH && size <= 20);
  const label = (
    <span className={classes.key} data-index={props.index || undefined} dir="auto">
      {name}
    </span>
  );
  if (!isComposite(value)) {
    return (
      <div className={classes.line}>
        {label}
        <Leaf value={value} />
      </div>
    );
  }
  if (size === 0) {
    return (
      <div className={classes.line}>
        {label}
        <span className={classes.summary}>{Array.isArray(value) ? '[ ]' : '{ }'}</span>
      </div>
    );
  }
  return (
    <>
      <button type="button" className={classes.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight size={12} aria-hidden className={classes.chevron} />
        {label}
        <span className={classes.summary}>{Array.isArray(value) ? `[${size}]` : `{${size}}`}</span>
        <SmallCurve value={value} />
      </button>
      {open && <Entries value={value} depth={depth + 1} />}
    </>
  );
}

function Leaf({ value }: { value: string | number | bigint | boolean | null }) {
  const [whole, setWhole] = useState(false);
  if (typeof value !== 'string') {
    return (
      <span className={classes.leaf} data-type={value === null ? 'null' : typeof value}>
        {String(value)}
      </span>
    );
  }
  const cut = !whole && value.length > LONG_TEXT;
  return (
    <span className={classes.leaf} data-type="string" dir="auto">
      “{cut ? value.slice(0, LONG_TEXT) : value}
      {cut ? (
        <button type="button" className={classes.more} onClick={() => setWhole(true)}>
          … {value.length - LONG_TEXT} more characters
        </button>
      ) : (
        '”'
      )}
    </span>
  );
}

function SmallCurve({ value }: { value: Composite }) {
  const numbers = useMemo(() => toNumberList(value), [value]);
  return numbers && <Sparkline values={numbers} />;
}
