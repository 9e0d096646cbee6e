import classes from './ComparedTags.module.css';

const SHOWN = 3;

/** The first few tags of a run; all of them on hover. */
export function RunTags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  const more = tags.length - SHOWN;
  return (
    <ul className={classes.tags} aria-label="Tags" title={tags.join(', ')}>
      {tags.slice(0, SHOWN).map((tag) => (
        <li key={tag} className={classes.tag} dir="auto">
          {tag}
        </li>
      ))}
      {more > 0 && <li className={classes.more}>+{more}</li>}
    </ul>
  );
}
