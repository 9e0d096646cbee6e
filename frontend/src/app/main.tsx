import { optimisticEdits } from '../runs/edits/optimisticEdits.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '../theme/global.css';
import '@mantine/core/styles.layer.css';
import '../theme/tokens.css';
import { MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider as GraphqlProvider } from 'urql';
import { createChangeSocket, createGraphqlClient } from '../data/client.ts';
import { ProjectProvider } from '../data/project.tsx';
import { DeletionProvider } from '../runs/deletion/deletionContext.tsx';
import { RunEditsProvider } from '../runs/edits/editsContext.tsx';
import { resolveCssVariables, theme } from '../theme/theme.ts';
import { AccessGate } from './AccessGate.tsx';
import { Connection, ConnectionProvider } from './connection.tsx';
import { createAppRouter } from './router.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with id "root".');

// The address changes while the page stays, and with it what a relative address means: the icon would be lost.
for (const icon of document.querySelectorAll<HTMLLinkElement>('link[rel="icon"]')) {
  icon.setAttribute('href', icon.href);
}

const socket = createChangeSocket();
const connection = new Connection(socket);
const router = createAppRouter();

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={resolveCssVariables} defaultColorScheme="auto">
      <GraphqlProvider value={createGraphqlClient(socket, optimisticEdits)}>
        <ConnectionProvider connection={connection}>
          <ProjectProvider>
            <DeletionProvider>
              <RunEditsProvider>
                <AccessGate>
                  <RouterProvider router={router} />
                </AccessGate>
              </RunEditsProvider>
            </DeletionProvider>
          </ProjectProvider>
        </ConnectionProvider>
      </GraphqlProvider>
    </MantineProvider>
  </StrictMode>,
);
