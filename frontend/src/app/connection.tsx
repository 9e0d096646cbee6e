import type { Client as Socket } from 'graphql-ws';
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import { useClient } from 'urql';
import { announceChanges, ChangesSubscription } from '../data/changes.ts';
import { probe } from '../data/server/access.ts';

/** Whether the server pushes changes at the moment; `lost` once a connection broke and is being sought again. */
export type ConnectionState = 'connecting' | 'connected' | 'lost';

/** Watches the socket's state. */
export class Connection {
  state: ConnectionState = 'connecting';
  readonly #listeners = new Set<() => void>();

  constructor(socket: Socket) {
    socket.on('connected', (_socket, _payload, wasRetry) => {
      this.#become('connected');
      // What happened while the line was down was told to nobody.
      if (wasRetry) announceChanges(['RUNS', 'FLOWCHART', 'INDEXING']);
    });
    socket.on('closed', () => {
      this.#become('lost');
      void probe();
    });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  #become(state: ConnectionState): void {
    this.state = state;
    for (const listener of this.#listeners) listener();
  }
}

const ConnectionContext = createContext<Connection | null>(null);

/** Listens to the server for as long as the app is open. */
export function ConnectionProvider(props: { connection: Connection; children: ReactNode }) {
  const client = useClient();
  useEffect(() => {
    const { unsubscribe } = client.subscription(ChangesSubscription, {}).subscribe((result) => {
      if (result.data) announceChanges([result.data.changes]);
    });
    return unsubscribe;
  }, [client]);
  return <ConnectionContext value={props.connection}>{props.children}</ConnectionContext>;
}

const noConnection = () => () => {};

/** The state of the connection to the server, live. */
export function useConnectionState(): ConnectionState {
  const connection = useContext(ConnectionContext);
  return useSyncExternalStore(connection?.subscribe ?? noConnection, () => connection?.state ?? 'connected');
}
