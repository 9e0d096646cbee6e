/** A remote as people read it; `href` where it leads to a page that may be opened. */
export type RemoteLink = { text: string; href: string | undefined };

/**
 * Reads a git remote. Only a plain https address becomes a link: others are no pages, and one with a user or a port in
 * it may lead elsewhere than it seems to.
 */
export function readRemote(remote: string): RemoteLink {
  const none = { text: remote, href: undefined };
  if (!/^https:\/\/[a-z0-9.-]+\/[\w./~+-]+$/i.test(remote)) return none;
  try {
    const url = new URL(remote);
    const href = url.href.replace(/\.git\/?$/, '');
    return { text: href.slice('https://'.length), href };
  } catch {
    return none;
  }
}
