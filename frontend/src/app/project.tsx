import { createContext, type ReactNode, useContext } from 'react';
import { useQuery } from 'urql';
import { useChanges } from '../graphql/changes.ts';
import type { ProjectQuery as ProjectQueryData } from '../graphql/generated/graphql.ts';
import { graphql } from '../graphql/generated/index.ts';

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
      }
    }
  }
`);

export type Project = ProjectQueryData['project'];

type ProjectState = { project: Project | undefined; failed: boolean; retry: () => void };

const ProjectContext = createContext<ProjectState>({ project: undefined, failed: false, retry: () => {} });

/** Keeps what is known of the project fresh. */
export function ProjectProvider({ children }: { children: ReactNode }) {
  const [{ data, error }, refetch] = useQuery({ query: ProjectQuery });
  const retry = () => refetch({ requestPolicy: 'network-only' });
  useChanges(['RUNS', 'INDEXING', 'FLOWCHART'], retry);
  const state = { project: data?.project, failed: error !== undefined && data === undefined, retry };
  return <ProjectContext value={state}>{children}</ProjectContext>;
}

/** The open project; `project` is undefined until the server has answered. */
export function useProject(): ProjectState {
  return useContext(ProjectContext);
}
