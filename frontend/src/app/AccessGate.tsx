import { lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react';
import { access } from '../data/server/access.ts';

// Hardly anybody sees them.
const SignIn = lazy(() => import('./SignIn.tsx'));
const RefusedPage = lazy(() => import('./RefusedPage.tsx'));

/** Stands before the app where the server does not answer it: asks for the token, or says what the server needs. */
export function AccessGate({ children }: { children: ReactNode }) {
  const state = useSyncExternalStore(access.subscribe, access.getSnapshot);
  if (state.step === 'refused') {
    return (
      <Suspense>
        <RefusedPage allowHost={state.allowHost} />
      </Suspense>
    );
  }
  return (
    <>
      {children}
      <Suspense>{state.step === 'signIn' && <SignIn />}</Suspense>
    </>
  );
}
