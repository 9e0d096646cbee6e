import { createContext, type ReactNode, useContext } from 'react';
import { useQuery } from 'urql';
import { useChanges } from './changes.ts';
import type { ProjectQuery as ProjectQueryData } from './generated/graphql.ts';
import { graphql } from './generated/index.ts';

const ProjectQuery = graphql(`
  query Project {
    project {
      name
      packageName
      kedroVersion
      settingsPath
      store {
        configured
        location
        remoteLocation
        totalRuns
      }
      indexing {
        running
        done
        total
      }
      problems {
        title
        detail
        code
      }
    }
    viewer {
      mayEdit
      mayDelete
      refusal
    }
  }
`);

export type Project = ProjectQueryData['project'];

/** What the person who looks at the page may do, and why not the rest. */
export type Viewer = ProjectQueryData['viewer'];

type ProjectState = { project: Project | undefined; viewer: Viewer; failed: boolean; retry: () => void };

/** Until the server has answered, or where it does not, nothing is hidden: it refuses by itself. */
const FREE: Viewer = { mayEdit: true, mayDelete: true, refusal: null };

const ProjectContext = createContext<ProjectState>({
  project: undefined,
  viewer: FREE,
  failed: false,
  retry: () => {},
});

/** Keeps what is known of the project fresh. */
export function ProjectProvider({ children }: { children: ReactNode }) {
  const [{ data, error }, refetch] = useQuery({ query: ProjectQuery });
  const retry = () => refetch({ requestPolicy: 'network-only' });
  useChanges(['RUNS', 'INDEXING', 'FLOWCHART'], retry);
  const state = {
    project: data?.project,
    viewer: data?.viewer ?? FREE,
    failed: error !== undefined && data === undefined,
    retry,
  };
  return <ProjectContext value={state}>{children}</ProjectContext>;
}

/** What may be done here. The server refuses the rest; the page does not offer it. */
export function useViewer(): Viewer {
  return useContext(ProjectContext).viewer;
}

/** The open project; `project` is undefined until the server has answered. */
export function useProject(): ProjectState {
  return useContext(ProjectContext);
}
