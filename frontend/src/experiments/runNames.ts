/** The titles of the first few runs, as a part of a sentence. */
export function namesOf(runs: readonly { title: string }[], most = 3): string {
  const names = runs.slice(0, most).map(({ title }) => title.slice(0, 80));
  return names.join(', ') + (runs.length > names.length ? ' …' : '');
}
