import { useQuery } from 'urql';
import { exampleQueries } from './exampleQueries.ts';
import classes from './QueryGuide.module.css';
import { QueryText } from './QueryText.tsx';
import { QueryExamplesQuery } from './queryHelpQuery.ts';

type QueryGuideProps = { recent: string[]; onChoose: (query: string) => void };

/** What a query can say, by examples from this project and by what was searched for before. */
export function QueryGuide({ recent, onChoose }: QueryGuideProps) {
  const [{ data }] = useQuery({ query: QueryExamplesQuery });
  const examples = exampleQueries(data?.metricColumns ?? [], data?.parameterColumns ?? []);
  return (
    <>
      <p className={classes.words}>
        Words find runs that have all of them in their title, notes, tags, id, author, branch, commit,
        pipeline, command or tracked texts. Or write what is to be true of a run; the field suggests names and
        values.
      </p>
      <section className={classes.section} aria-label="Examples">
        <h2>Examples</h2>
        <ul>
          {examples.map(({ query, finds }) => (
            <li key={query}>
              <button type="button" className={classes.choice} onClick={() => onChoose(query)}>
                <QueryText query={query} />
                <span className={classes.finds}>{finds}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      {recent.length > 0 && (
        <section className={classes.section} aria-label="Searched before">
          <h2>Searched before</h2>
          <ul>
            {recent.map((query) => (
              <li key={query}>
                <button type="button" className={classes.choice} onClick={() => onChoose(query)}>
                  <QueryText query={query} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <dl className={classes.language}>
        <div>
          <dt>Compare</dt>
          <dd>
            <code>{'== != < <= > >='}</code>, <code>in</code>, <code>not in</code>
          </dd>
        </div>
        <div>
          <dt>Combine</dt>
          <dd>
            <code>and</code>, <code>or</code>, <code>not</code>, brackets
          </dd>
        </div>
        <div>
          <dt>Times</dt>
          <dd>
            <code>"7 days ago"</code>, <code>"yesterday"</code>, <code>"2026-01-31"</code>
          </dd>
        </div>
      </dl>
    </>
  );
}
