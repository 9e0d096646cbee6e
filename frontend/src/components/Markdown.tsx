import ReactMarkdown, { type Components, defaultUrlTransform } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import classes from './Markdown.module.css';

/** What may stand behind a link. */
const SCHEMES = /^(?:https?|mailto):/i;

// Nothing is loaded because a text says so: an image is shown as a link to it.
const COMPONENTS: Components = {
  a: ({ href, children }) =>
    href === undefined || href === '' ? (
      <span>{children}</span>
    ) : (
      <a href={href} target="_blank" rel="noreferrer noopener">
        {children}
      </a>
    ),
  img: ({ src, alt }) =>
    typeof src === 'string' && src !== '' ? (
      <a href={src} target="_blank" rel="noreferrer noopener">
        {alt || src}
      </a>
    ) : (
      <span>{alt}</span>
    ),
  // The page has its own headings above.
  h1: ({ children }) => <h4>{children}</h4>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  table: ({ children }) => (
    <div className={classes.table}>
      <table>{children}</table>
    </div>
  ),
};

/** Text in Markdown (GitHub's kind), as people write notes. HTML in it is shown as the text that it is. */
export default function Markdown({ text }: { text: string }) {
  return (
    <div className={classes.root} dir="auto">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        components={COMPONENTS}
        urlTransform={(url) => (SCHEMES.test(url) ? defaultUrlTransform(url) : '')}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
