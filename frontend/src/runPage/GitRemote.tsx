import { readRemote } from './gitRemote.ts';

/** Where a run's repository has its remote; a link where that is a page. */
export function GitRemote({ remote }: { remote: string }) {
  const { text, href } = readRemote(remote);
  if (href === undefined) return <code dir="ltr">{text}</code>;
  return (
    <a href={href} target="_blank" rel="noreferrer noopener" dir="ltr">
      {text}
    </a>
  );
}
