import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { CombinedError } from 'urql';
import { StateMessage } from './StateMessage.tsx';

/** Stands in a page's place when its query failed: says why, and offers to try again. */
export function LoadFailure(props: { title: string; error: CombinedError; onRetry: () => void }) {
  return (
    <StateMessage
      heading="h1"
      icon={IconAlertTriangle}
      tone="danger"
      title={props.title}
      actions={
        <Button variant="filled" onClick={props.onRetry}>
          Try again
        </Button>
      }
    >
      {props.error.networkError ? 'The server did not answer.' : props.error.message}
    </StateMessage>
  );
}
