import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import { useClient } from 'urql';
import { Deletions, type DeletionsSnapshot } from './Deletions.ts';

const Context = createContext<Deletions | undefined>(undefined);

/** Remembers what is deleted for as long as the page is open. */
export function DeletionProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const [deletions] = useState(() => new Deletions(client));
  return <Context value={deletions}>{children}</Context>;
}

/** Deletes runs and brings them back. */
export function useDeletions(): Deletions {
  const deletions = useContext(Context);
  if (deletions === undefined) throw new Error('There is no DeletionProvider around this component.');
  return deletions;
}

/** What was deleted in this page. */
export function useDeletionsSnapshot(): DeletionsSnapshot {
  const deletions = useDeletions();
  return useSyncExternalStore(deletions.subscribe, deletions.getSnapshot);
}
