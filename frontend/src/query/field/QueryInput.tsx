import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { FieldOptions } from './fieldOptions.ts';
import classes from './QueryInput.module.css';
import type { createQueryEditor, FieldState, QueryEditor } from './queryEditor.ts';
import type { QueryProblem } from './queryHelp.ts';

export type QueryInputHandle = { focus: () => void; blur: () => void };

type QueryInputProps = FieldOptions & {
  text: string;
  problem: QueryProblem | undefined;
  ref: Ref<QueryInputHandle>;
};

type Loaded = { create: typeof createQueryEditor; start: FieldState };

/** The text of the query: a plain field at first, and the editor in its place as soon as that is loaded. */
export function QueryInput(props: QueryInputProps) {
  const { text, problem, label, placeholder, describedBy, onChange, onEnter, onEscape, onBlur, ref } = props;
  const input = useRef<HTMLInputElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<QueryEditor>(undefined);
  /** What the editor has said that it holds. */
  const held = useRef(text);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const loaded = useLoaded(input);

  useLayoutEffect(() => {
    if (loaded === undefined || host.current === null) return;
    const now = latest.current;
    held.current = now.text;
    const created = loaded.create({
      parent: host.current,
      start: { ...loaded.start, text: now.text },
      label: now.label,
      placeholder: now.placeholder,
      describedBy: now.describedBy,
      ask: (...question) => latest.current.ask(...question),
      recent: () => latest.current.recent(),
      onChange: (next) => {
        held.current = next;
        latest.current.onChange(next);
      },
      onEnter: () => latest.current.onEnter(),
      onEscape: () => latest.current.onEscape(),
      onBlur: () => latest.current.onBlur(),
      onSuggesting: (suggesting) => latest.current.onSuggesting(suggesting),
    });
    editor.current = created;
    return () => {
      editor.current = undefined;
      created.destroy();
    };
  }, [loaded]);

  useLayoutEffect(() => {
    if (text === held.current) return;
    held.current = text;
    editor.current?.setText(text);
  }, [text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new editor has to be told, too
  useEffect(() => editor.current?.setProblem(problem), [problem, loaded]);
  useImperativeHandle(
    ref,
    () => ({
      focus: () => (editor.current ?? input.current)?.focus(),
      blur: () => (editor.current ?? input.current)?.blur(),
    }),
    [],
  );

  if (loaded !== undefined) return <div ref={host} className={classes.editor} />;
  return (
    <input
      ref={input}
      className={classes.plain}
      type="search"
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={problem !== undefined || undefined}
      placeholder={placeholder}
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onEnter();
        if (event.key === 'Escape') onEscape();
      }}
      onBlur={onBlur}
    />
  );
}

/** The editor's code, and what the plain field held at the moment when the editor takes its place. */
function useLoaded(input: React.RefObject<HTMLInputElement | null>): Loaded | undefined {
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    let wanted = true;
    let composing = false;
    let swap: (() => void) | undefined;
    const field = input.current;
    const begin = () => {
      composing = true;
    };
    const end = () => {
      composing = false;
      swap?.();
    };
    field?.addEventListener('compositionstart', begin);
    field?.addEventListener('compositionend', end);
    import('./queryEditor.ts').then(
      ({ createQueryEditor: create }) => {
        swap = () => {
          // At once, so that no key falls between the two.
          if (wanted) flushSync(() => setLoaded({ create, start: readField(field) }));
        };
        // An input method would lose the word that it is at.
        if (!composing) swap();
      },
      // The plain field searches as well.
      () => undefined,
    );
    return () => {
      wanted = false;
      field?.removeEventListener('compositionstart', begin);
      field?.removeEventListener('compositionend', end);
    };
  }, [input]);
  return loaded;
}

function readField(field: HTMLInputElement | null): FieldState {
  const text = field?.value ?? '';
  return {
    text,
    from: field?.selectionStart ?? text.length,
    to: field?.selectionEnd ?? text.length,
    focused: field !== null && document.activeElement === field,
  };
}
