import { IconCompass } from '@tabler/icons-react';
import { ButtonLink } from '../components/ButtonLink.tsx';
import { StateMessage } from '../components/StateMessage.tsx';

/** For addresses that lead nowhere. */
export function NotFoundPage() {
  return (
    <StateMessage
      heading="h1"
      icon={IconCompass}
      title="There is no page at this address"
      actions={
        <>
          <ButtonLink to="/experiment-tracking" variant="filled">
            Go to experiments
          </ButtonLink>
          <ButtonLink to="/">Go to the pipeline</ButtonLink>
        </>
      }
    >
      <code>{window.location.pathname}</code>
    </StateMessage>
  );
}
