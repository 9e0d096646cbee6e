import classes from './CodeBlock.module.css';
import { CopyButton } from './CopyButton.tsx';

type CodeBlockProps = {
  code: string;
  title?: string;
  copyLabel?: string;
  wrap?: boolean;
  maxHeight?: number;
};

/** Code or output, to read and to copy. */
export function CodeBlock({ code, title, copyLabel = 'Copy', wrap = false, maxHeight }: CodeBlockProps) {
  return (
    <figure className={classes.root}>
      <figcaption className={classes.caption}>
        <span className={classes.title}>{title}</span>
        <CopyButton text={code} label={copyLabel} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too */}
      <pre className={classes.code} data-wrap={wrap || undefined} style={{ maxHeight }} tabIndex={0}>
        {code.trimEnd()}
      </pre>
    </figure>
  );
}
