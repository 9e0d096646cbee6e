import { Button } from '@mantine/core';
import { IconWorldOff } from '@tabler/icons-react';
import { CodeBlock } from '../components/CodeBlock.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import classes from './RefusedPage.module.css';

/** Says why the server does not answer a page behind a proxy, and how to start it so that it does. */
export default function RefusedPage({ allowHost }: { allowHost: string | undefined }) {
  return (
    <main className={classes.page}>
      <StateMessage
        heading="h1"
        icon={IconWorldOff}
        tone="danger"
        title="The server does not know this address"
        actions={
          <Button variant="filled" onClick={() => window.location.reload()}>
            Try again
          </Button>
        }
      >
        <p>
          This page came from <strong>{window.location.host}</strong>, but the server was asked under another
          name, as by a reverse proxy that does not forward the <code>Host</code> header. It answers no data,
          because any site could ask like this.
        </p>
        {allowHost && (
          <>
            <p>If this is your proxy, start the server with:</p>
            <CodeBlock
              title="Command"
              code={`kedro viz run --allow-host ${allowHost}`}
              copyLabel="Copy the command"
            />
          </>
        )}
      </StateMessage>
    </main>
  );
}
