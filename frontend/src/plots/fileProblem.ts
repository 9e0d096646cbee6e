/** Longer than any of the server's reasons: what a proxy answers is a page, not a sentence. */
const MOST_CHARACTERS = 2000;

/** Why the server did not answer with a file, in a sentence: the server's own reason where it gives one. */
export async function fileProblem(response: Response): Promise<string> {
  const detail = await response
    .json()
    .then((body: unknown) =>
      typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined,
    )
    .catch(() => undefined);
  if (typeof detail === 'string' && detail !== '' && detail.length <= MOST_CHARACTERS) return detail;
  return response.status === 404 ? 'The file is no longer there.' : `The server answered ${response.status}.`;
}
