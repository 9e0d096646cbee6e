import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { theme } from '../theme/theme.ts';

/** Renders for a test, as the app would: with its theme, without animations. */
export function renderWithTheme(element: ReactNode) {
  return render(
    <MantineProvider theme={theme} env="test">
      {element}
    </MantineProvider>,
  );
}
