import { Button, Modal, PasswordInput, Text } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { announceChanges } from '../data/changes.ts';
import { probe, signIn } from '../data/server/access.ts';

/** Asks for the token over the page, so that nothing is lost of what one was about to write. */
export default function SignIn() {
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<string>();
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    // Who has signed in in another tab need not do so here.
    const look = () => {
      if (document.visibilityState === 'visible') void probe();
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      announceChanges(['RUNS', 'FLOWCHART', 'INDEXING']);
    };
  }, []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsking(true);
    setProblem(await signIn(token));
    setAsking(false);
  };
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      title="Sign in again"
      centered
    >
      <form onSubmit={submit}>
        <Text size="sm" c="dimmed">
          The server was started again with another token, or your session has ended. Enter the token: it
          follows <code>?token=</code> in the link that <code>kedro viz</code> printed, or is the value of{' '}
          <code>KEDRO_VIZ_TOKEN</code>.
        </Text>
        <PasswordInput
          mt="md"
          label="Token"
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          error={problem}
          autoComplete="current-password"
          data-autofocus
          required
          withAsterisk={false}
        />
        <Button mt="md" fullWidth variant="filled" type="submit" loading={asking}>
          Sign in
        </Button>
      </form>
    </Modal>
  );
}
