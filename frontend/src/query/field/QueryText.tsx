import classes from './QueryText.module.css';
import { queryTokens } from './queryTokens.ts';

/** A query in colour, as the field shows it. */
export function QueryText({ query }: { query: string }) {
  const tokens = queryTokens(query);
  return (
    <code className={classes.root}>
      {tokens.map(({ from, to, kind }, index) => (
        <span key={from}>
          {query.slice(tokens[index - 1]?.to ?? 0, from)}
          <span data-token={kind}>{query.slice(from, to)}</span>
        </span>
      ))}
      {query.slice(tokens.at(-1)?.to ?? 0)}
    </code>
  );
}
