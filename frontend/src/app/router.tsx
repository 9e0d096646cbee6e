import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router';
import { readCompareSearch, readExperimentsSearch, readRunSearch } from '../address/search.ts';
import { APP_ROOT } from '../data/server/address.ts';
import { parseSearch, readText, stringifySearch } from '../formatting/searchParams.ts';
import { ErrorPage } from './ErrorPage.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';
import { Shell } from './Shell.tsx';

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

const flowchartRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: (raw: Record<string, unknown>): { pipeline?: string; node?: string } => ({
    pipeline: readText(raw.pipeline),
    node: readText(raw.node),
  }),
  component: lazyRouteComponent(() => import('./PipelinePage.tsx')),
});

const experimentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/experiment-tracking',
  validateSearch: readExperimentsSearch,
  beforeLoad: ({ search }) => {
    // Addresses of Kedro-Viz 10.
    const [first, ...others] = search.run_id ?? [];
    if (first === undefined) return;
    if (others.length === 0) {
      throw redirect({
        to: '/experiment-tracking/runs/$runId',
        params: { runId: first },
        search: { view: search.view },
        replace: true,
      });
    }
    throw redirect({
      to: '/experiment-tracking/compare',
      search: { runs: [first, ...others], view: search.view },
      replace: true,
    });
  },
  component: lazyRouteComponent(() => import('../runsList/ExperimentsPage.tsx')),
});

const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/experiment-tracking/runs/$runId',
  validateSearch: readRunSearch,
  component: lazyRouteComponent(() => import('../runPage/RunPage.tsx')),
});

const compareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/experiment-tracking/compare',
  validateSearch: readCompareSearch,
  component: lazyRouteComponent(() => import('../comparison/ComparePage.tsx')),
});

const routeTree = rootRoute.addChildren([flowchartRoute, experimentsRoute, runRoute, compareRoute]);

/** The app's router; tests give it a history of their own. */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree,
    basepath: APP_ROOT,
    history,
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** What the step to this entry of the browser's history changed: see `toHistoryEntry`. */
    changed?: string;
  }
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
