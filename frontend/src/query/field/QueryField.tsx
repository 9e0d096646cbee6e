import { CloseButton } from '@mantine/core';
import { IconAlertTriangle, IconSearch } from '@tabler/icons-react';
import { useCallback, useId, useRef, useState } from 'react';
import { useKeys } from '../../components/keys/useKeys.ts';
import { askServer } from './askQueryHelp.ts';
import classes from './QueryField.module.css';
import { QueryHelpButton } from './QueryHelpButton.tsx';
import { QueryInput, type QueryInputHandle } from './QueryInput.tsx';
import type { QueryEditing } from './useQueryEditing.ts';

type QueryFieldProps = {
  query: QueryEditing;
  className?: string;
};

/** Where runs are searched for: a query with completion, or plain words. */
export function QueryField({ query, className }: QueryFieldProps) {
  const { draft, recent, snapshot, isApplied } = query;
  const { text } = snapshot;
  const [suggesting, setSuggesting] = useState(false);
  // What is wrong with the end of a query is that it is not finished: suggestions say how it could go on.
  const unfinished = suggesting && (snapshot.problem?.to ?? 0) >= text.trimEnd().length;
  const problem = unfinished ? undefined : snapshot.problem;
  const input = useRef<QueryInputHandle>(null);
  const message = useId();
  const focus = () => input.current?.focus();
  const suggest = useCallback(
    (now: boolean) => {
      setSuggesting(now);
      draft.suggest(now);
    },
    [draft],
  );
  const clear = () => void draft.submit('');
  useKeys('Runs', [{ keys: ['/'], label: 'Search', run: focus }]);
  useKeys('Query', [
    { keys: ['Enter'], label: 'Search at once' },
    { keys: ['Tab'], label: 'Take the suggestion' },
    { keys: ['Mod+Space'], label: 'Suggest what can stand here' },
    { keys: ['Escape'], label: 'Close suggestions, clear, leave' },
  ]);

  return (
    <div className={`${classes.root} ${className ?? ''}`}>
      <div className={classes.field} data-problem={problem !== undefined || undefined}>
        <IconSearch className={classes.icon} size={14} aria-hidden />
        <QueryInput
          ref={input}
          label="Search runs"
          placeholder="Search: words, or metrics, parameters, git…"
          text={text}
          problem={problem}
          describedBy={message}
          ask={askServer}
          recent={recent}
          onChange={(next) => draft.type(next)}
          onEnter={() => void draft.submit()}
          onEscape={() => (text === '' ? input.current?.blur() : clear())}
          onBlur={() => draft.leave()}
          onSuggesting={suggest}
        />
        {(snapshot.waits || unfinished) && <AsBefore searchable={snapshot.waits} />}
        {text !== '' && (
          <CloseButton
            size={22}
            iconSize={14}
            aria-label="Clear the search"
            onClick={() => {
              clear();
              focus();
            }}
          />
        )}
        <QueryHelpButton
          recent={recent}
          onChoose={(query) => {
            void draft.submit(query);
            focus();
          }}
        />
      </div>
      <div id={message} className={classes.message} role="status">
        {problem && (
          <p className={classes.problem}>
            <IconAlertTriangle size={14} aria-hidden />
            <span>
              {problem.message}
              {!isApplied && <span className={classes.before}> You still see what was found before.</span>}
            </span>
          </p>
        )}
      </div>
    </div>
  );
}

/** Says that the list does not follow what is typed. Suggestions lie over all that is below the field. */
function AsBefore({ searchable }: { searchable: boolean }) {
  return (
    <span className={classes.asBefore} role="status">
      <span>
        <span className={classes.wideOnly}>list </span>as before
      </span>
      {searchable && (
        <>
          <span aria-hidden>
            ↵<span className={classes.wideOnly}> searches</span>
          </span>
          <span className="visually-hidden">, Enter searches</span>
        </>
      )}
    </span>
  );
}
