import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { useViewer } from '../data/project.tsx';
import classes from './BookmarkButton.module.css';

type BookmarkButtonProps = {
  title: string;
  bookmarked: boolean;
  onChange: (bookmarked: boolean) => void;
  size?: number;
  tabIndex?: number;
};

/** The star of a run. */
export function BookmarkButton({ title, bookmarked, onChange, size = 24, tabIndex }: BookmarkButtonProps) {
  const { mayEdit } = useViewer();
  const Star = bookmarked ? IconStarFilled : IconStar;
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      className={classes.star}
      style={{ width: size, height: size }}
      data-bookmarked={bookmarked || undefined}
      disabled={!mayEdit}
      aria-pressed={bookmarked}
      aria-label={`Bookmark ${title.slice(0, 80)}`}
      onClick={(event) => {
        event.stopPropagation();
        onChange(!bookmarked);
      }}
    >
      <Star size={Math.round(size * 0.62)} stroke={1.6} aria-hidden />
    </button>
  );
}
