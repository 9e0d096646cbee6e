/** While runs log, the server says many times a second that something changed. What is shown asks again this often at most. */
export const REFRESH_MS = 1_000;

/** How often a part of a run's page asks again at most, in milliseconds: often while the run goes on. */
export function refreshInterval(running: boolean): number {
  // What a run could not write in time is taken in later, by the next one.
  return running ? 2000 : 30_000;
}
