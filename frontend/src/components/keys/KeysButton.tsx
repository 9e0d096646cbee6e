import { ActionIcon, Tooltip } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { openKeys, useKeys } from './useKeys.ts';

const KeyList = lazy(() => import('./KeyList.tsx'));

/** Opens the list of keys, as "?" does, and makes the keys of the pages act. */
export function KeysButton() {
  const [opened, setOpened] = useState(false);
  // Stays once it was open, so that it can close with its animation.
  const [wanted, setWanted] = useState(false);
  const open = () => {
    setOpened(true);
    setWanted(true);
  };
  useKeys('Everywhere', [{ keys: ['?'], label: 'This list', run: open }]);
  useEffect(() => {
    window.addEventListener('keydown', openKeys.handle);
    return () => window.removeEventListener('keydown', openKeys.handle);
  }, []);
  return (
    <>
      <Tooltip label="Keys (?)" position="right">
        <ActionIcon size={36} aria-label="Keys" onClick={open}>
          <IconKeyboard size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {wanted && (
        <Suspense>
          <KeyList opened={opened} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  );
}
