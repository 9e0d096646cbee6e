import { createContext, type ReactNode, useContext, useState } from 'react';
import { useClient } from 'urql';
import { RunEdits } from './RunEdits.ts';

const Context = createContext<RunEdits | undefined>(undefined);

/** Remembers what is edited for as long as the page is open. */
export function RunEditsProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const [edits] = useState(() => new RunEdits(client));
  return <Context value={edits}>{children}</Context>;
}

/** Edits runs and takes edits back. */
export function useRunEdits(): RunEdits {
  const edits = useContext(Context);
  if (edits === undefined) throw new Error('There is no RunEditsProvider around this component.');
  return edits;
}
