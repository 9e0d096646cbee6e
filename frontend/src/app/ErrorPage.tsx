import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { StateMessage } from '../components/StateMessage.tsx';

/** Shown in place of a page that broke, or whose code could not be loaded. */
export function ErrorPage({ error }: ErrorComponentProps) {
  return (
    <StateMessage
      heading="h1"
      icon={IconAlertTriangle}
      tone="danger"
      title="This page could not be shown"
      actions={
        <Button
          variant="filled"
          leftSection={<IconRefresh size={14} />}
          onClick={() => window.location.reload()}
        >
          Reload
        </Button>
      }
    >
      {error instanceof Error ? error.message : 'Something unexpected went wrong.'}
    </StateMessage>
  );
}
