import { useMemo } from 'react';
import { CopyButton } from '../components/CopyButton.tsx';
import { pythonTokens } from '../components/code/pythonTokens.ts';
import tokens from '../components/code/tokens.module.css';
import classes from './NodePanel.module.css';

/** Python source, lightly coloured, with a button that copies it. */
export function PythonCode({ code, label }: { code: string; label: string }) {
  const pieces = useMemo(() => pythonTokens(code), [code]);
  return (
    <div className={classes.code}>
      <span className={classes.copy}>
        <CopyButton text={code} label="Copy the code" />
      </span>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label={label} className={classes.scroll}>
        <pre className={tokens.root}>
          <code>
            {pieces.map(({ text, kind }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity but their place
              <span key={i} data-token={kind}>
                {text}
              </span>
            ))}
          </code>
        </pre>
      </section>
    </div>
  );
}
