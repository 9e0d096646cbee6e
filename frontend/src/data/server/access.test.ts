import { afterEach, expect, it, vi } from 'vitest';
import { access, signIn, watched } from './access.ts';

afterEach(() => access.become({ step: 'open' }));

const answer = (status: number, body: object) =>
  Promise.resolve(new Response(JSON.stringify(body), { status }));

it('learns from refusals what to ask for, and from answers that all is well', async () => {
  const asked = await watched(answer(401, { code: 'SIGN_IN', error: 'Sign in.' }));
  expect(access.getSnapshot()).toEqual({ step: 'signIn' });
  // Whoever asked can still read it.
  expect(await asked.json()).toMatchObject({ error: 'Sign in.' });

  await watched(answer(200, {}));
  expect(access.getSnapshot()).toEqual({ step: 'open' });

  await watched(answer(403, { code: 'FOREIGN_ORIGIN', allowHost: 'viz.example.com' }));
  expect(access.getSnapshot()).toEqual({ step: 'refused', allowHost: 'viz.example.com' });
});

it('takes nothing from refusals of others, such as a proxy', async () => {
  await watched(answer(403, { code: 'OTHER' }));
  await watched(Promise.resolve(new Response('<html>', { status: 401 })));
  expect(access.getSnapshot()).toEqual({ step: 'open' });
});

it('lets those wait who would be refused, until the token is entered', async () => {
  await watched(answer(401, { code: 'SIGN_IN' }));
  let open = false;
  const waiting = access.whenOpen().then(() => {
    open = true;
  });
  const fetched = vi.spyOn(globalThis, 'fetch');

  fetched.mockResolvedValueOnce(new Response('{"error": "This is not the token."}', { status: 401 }));
  expect(await signIn('wrong')).toBe('This is not the token.');
  expect(open).toBe(false);

  fetched.mockResolvedValueOnce(new Response(null, { status: 204 }));
  expect(await signIn('right')).toBeUndefined();
  await waiting;
  expect(String(fetched.mock.lastCall?.[1]?.body)).toBe('token=right');
  expect(fetched.mock.lastCall?.[0]).toBe('/');
});
