import { useEffect } from 'react';
import { useProject } from '../data/project.tsx';

/** Names the page in the browser's tab: "Runs · Spaceflights · Kedro-Viz". */
export function usePageTitle(page: string): void {
  const { project } = useProject();
  const title = [page, project?.name, 'Kedro-Viz'].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
