import { Button, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconDeviceFloppy, IconList, IconPlus, IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useViewer } from '../data/project.tsx';
import { NameForm } from './NameForm.tsx';
import type { SavedViews, ViewEdit } from './useSavedViews.ts';
import { ViewRow } from './ViewRow.tsx';
import classes from './ViewsList.module.css';
import type { SavedView } from './viewQueries.ts';
import { isSameState, readViewState, type ViewState } from './viewState.ts';

type ViewsListProps = {
  saved: SavedViews;
  /** The view that one has opened, also where it has been deleted since. */
  openId: string | undefined;
  open: SavedView | undefined;
  /** Whether what is shown is not what it keeps any more. */
  changed: boolean;
  /** What is shown. */
  state: ViewState;
  onOpen: (state: ViewState, saved: string | undefined) => void;
  onSaved: (saved: string | undefined) => void;
};

/** So many views are found with the eyes. */
const FEW = 8;

/** What the menu of saved views holds. */
export function ViewsList({ saved, openId, open, changed, state, onOpen, onSaved }: ViewsListProps) {
  const { views, failed } = saved;
  const { mayEdit } = useViewer();
  const [naming, setNaming] = useState(false);
  const [find, setFind] = useState('');
  const [problem, setProblem] = useState<string>();
  /** Deleted since the menu is open: these can still be brought back. */
  const [deleted, setDeleted] = useState<SavedView[]>([]);

  const root = useRef<HTMLDivElement>(null);
  // What had the focus goes with what it did: keys must not end up behind the menu.
  const keepFocus = () => root.current?.focus();

  const edit = async (done: Promise<ViewEdit>): Promise<SavedView | undefined> => {
    const result = await done;
    setProblem(result.problem);
    if (result.view !== undefined) keepFocus();
    return result.view;
  };
  const saveNew = async (name: string) => {
    const view = await edit(saved.save(name, state));
    if (view === undefined) return;
    setNaming(false);
    onSaved(view.id);
  };
  const remove = async (view: SavedView) => {
    keepFocus();
    const refused = await saved.remove(view);
    setProblem(refused);
    if (refused === undefined) setDeleted((now) => [...now, view]);
  };
  const restore = async (view: SavedView) => {
    const back = await edit(saved.restore(view));
    if (back === undefined) return;
    setDeleted((now) => now.filter(({ id }) => id !== view.id));
    // It has an id of its own now.
    if (view.id === openId) onSaved(back.id);
  };

  const words = find.trim().toLowerCase();
  const found = views?.filter(({ name }) => name.toLowerCase().includes(words)) ?? [];
  return (
    <div ref={root} className={classes.root} tabIndex={-1}>
      <div className={classes.head}>
        {open !== undefined && changed && (
          <>
            {mayEdit && (
              <Button
                fullWidth
                variant="filled"
                justify="flex-start"
                leftSection={<IconDeviceFloppy size={14} aria-hidden />}
                onClick={() => void edit(saved.save(open.name, state, open.id))}
              >
                <span className={classes.label}>Update “{open.name}”</span>
              </Button>
            )}
            <Button
              fullWidth
              justify="flex-start"
              leftSection={<IconList size={14} aria-hidden />}
              onClick={() => onOpen(readViewState(open.state), open.id)}
            >
              <span className={classes.label}>Back to “{open.name}” as it was saved</span>
            </Button>
          </>
        )}
        {!mayEdit ? null : naming ? (
          <NameForm
            label="Name of the view"
            name=""
            action="Save"
            onSave={saveNew}
            onCancel={() => {
              setNaming(false);
              keepFocus();
            }}
          />
        ) : (
          <Button
            fullWidth
            justify="flex-start"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setNaming(true)}
          >
            Save as a new view…
          </Button>
        )}
      </div>
      {problem !== undefined && (
        <p className={classes.problem} role="alert">
          <IconAlertTriangle size={14} aria-hidden />
          <span>{problem}</span>
        </p>
      )}
      {deleted.map((view) => (
        <p key={view.id} className={classes.deleted} role="status">
          <span className={classes.label}>“{view.name}” deleted</span>
          <Button size="compact-xs" variant="subtle" onClick={() => void restore(view)}>
            Undo
          </Button>
        </p>
      ))}
      {views !== undefined && views.length > FEW && (
        <TextInput
          className={classes.find}
          size="xs"
          type="search"
          aria-label="Search views"
          placeholder="Search views…"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
        />
      )}
      {failed ? (
        <p className={classes.empty}>The views could not be loaded.</p>
      ) : views?.length === 0 ? (
        <p className={classes.empty}>
          {mayEdit
            ? 'A view keeps the query, columns, order and charts that you see now, under a name: for you and for everybody who shares this store.'
            : 'There are no saved views.'}
        </p>
      ) : (
        found.length === 0 && views !== undefined && <p className={classes.empty}>No matching views.</p>
      )}
      <ul className={classes.list}>
        {views !== undefined && views.length > 0 && words === '' && (
          <li>
            <button
              type="button"
              className={classes.all}
              aria-current={open === undefined && isSameState(state, {}) ? 'true' : undefined}
              onClick={() => onOpen({}, undefined)}
            >
              All runs
            </button>
          </li>
        )}
        {found.map((view) => (
          <ViewRow
            key={view.id}
            view={view}
            isOpen={view.id === open?.id}
            onOpen={() => onOpen(readViewState(view.state), view.id)}
            onRename={(name) => edit(saved.save(name, readViewState(view.state), view.id))}
            onCancel={keepFocus}
            onDelete={() => void remove(view)}
          />
        ))}
      </ul>
    </div>
  );
}
