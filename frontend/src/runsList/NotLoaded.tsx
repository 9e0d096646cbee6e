import { Button } from '@mantine/core';
import { IconAlertTriangle, IconSearchOff } from '@tabler/icons-react';
import type { CombinedError } from 'urql';
import { StateMessage } from '../components/StateMessage.tsx';
import { isQueryError } from '../query/field/serverQueryError.ts';

type NotLoadedProps = { error: Error | CombinedError; onRetry: () => void; onClearQuery: () => void };

/** Stands for a list that could not be loaded: why, and what can be done. */
export function NotLoaded({ error, onRetry, onClearQuery }: NotLoadedProps) {
  const message = error.message.replace(/^\[GraphQL\] /, '');
  if (isQueryError(error)) {
    return (
      <StateMessage
        icon={IconSearchOff}
        title="The query cannot be understood"
        actions={<Button onClick={onClearQuery}>Clear the search</Button>}
      >
        {message}
      </StateMessage>
    );
  }
  return (
    <StateMessage
      icon={IconAlertTriangle}
      tone="danger"
      title="The runs could not be loaded"
      actions={
        <Button variant="filled" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {'networkError' in error && error.networkError ? 'The server did not answer.' : message}
    </StateMessage>
  );
}
