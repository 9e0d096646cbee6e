/** The ids of the runs as the list showed them last: what "previous" and "next" mean on a run's page. */
let listed: string[] = [];

export function rememberOrder(ids: string[]): void {
  listed = ids;
}

export function lastListedOrder(): string[] {
  return listed;
}
