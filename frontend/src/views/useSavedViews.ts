import { type CombinedError, useClient, useMutation, useQuery } from 'urql';
import { useChanges } from '../data/changes.ts';
import { DeleteViewMutation, type SavedView, SavedViewsQuery, SaveViewMutation } from './viewQueries.ts';
import { readViewState, toJson, type ViewState } from './viewState.ts';

/** What became of an edit. */
export type ViewEdit = { view?: SavedView; problem?: string };

export type SavedViews = {
  /** By name; undefined until the server has answered. */
  views: SavedView[] | undefined;
  failed: boolean;
  /** Keeps a state under a name: as a new view, or instead of one that there is. */
  save: (name: string, state: ViewState, id?: string) => Promise<ViewEdit>;
  remove: (view: SavedView) => Promise<string | undefined>;
  /** Brings a deleted view back. */
  restore: (view: SavedView) => Promise<ViewEdit>;
};

/** The saved views of the store, and the ways to change them. */
export function useSavedViews(): SavedViews {
  const client = useClient();
  const [{ data, error }, refetch] = useQuery({ query: SavedViewsQuery });
  const [, saveView] = useMutation(SaveViewMutation);
  const [, deleteView] = useMutation(DeleteViewMutation);
  const fresh = () => refetch({ requestPolicy: 'network-only' });
  useChanges(['RUNS'], fresh);

  /** Waits for the list to be fresh, so that what was done shows as soon as it is said to be done. */
  const settle = () => client.query(SavedViewsQuery, {}, { requestPolicy: 'network-only' }).toPromise();
  const save = async (name: string, state: ViewState, id?: string): Promise<ViewEdit> => {
    const result = await saveView({ id, name, state: toJson(state) });
    const answer = result.data?.saveView;
    if (answer === undefined) return { problem: explain(result.error) };
    if ('errorMessage' in answer) return { problem: answer.errorMessage };
    await settle();
    return { view: answer.view };
  };
  const remove = async (view: SavedView): Promise<string | undefined> => {
    const result = await deleteView({ id: view.id });
    const answer = result.data?.deleteView;
    if (answer === undefined) return explain(result.error);
    if ('errorMessage' in answer) return answer.errorMessage;
    await settle();
    return undefined;
  };
  return {
    views: data?.savedViews,
    failed: error !== undefined && data === undefined,
    save,
    remove,
    restore: (view) => save(view.name, readViewState(view.state)),
  };
}

function explain(error: CombinedError | undefined): string {
  return error?.graphQLErrors[0]?.message ?? 'The server did not answer.';
}
