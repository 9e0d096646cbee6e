import { getRouteApi } from '@tanstack/react-router';
import FlowchartPage from '../flowchart/FlowchartPage.tsx';
import { usePageTitle } from '../runs/usePageTitle.ts';

const route = getRouteApi('/');

/** `/`: the flowchart, with its state in the address. */
export default function PipelinePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  usePageTitle('Pipeline');
  return (
    <FlowchartPage search={search} onSearchChange={(next, replace) => navigate({ search: next, replace })} />
  );
}
