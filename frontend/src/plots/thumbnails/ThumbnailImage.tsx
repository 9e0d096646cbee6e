import { Loader } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import plotClasses from '../Plot.module.css';
import { requestThumbnail, type Thumbnail } from './thumbnails.ts';

type ThumbnailImageProps = {
  url: string;
  /** Says which plot of which run it is, for those who do not see it. */
  title: string;
  /** How wide or high the picture may be, in pixels. */
  most: number;
  onProblem: (problem: string) => void;
};

/** A large image file, shown small: decoded away from the page, and no more of it kept than is shown. */
export function ThumbnailImage({ url, title, most, onProblem }: ThumbnailImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [thumbnail, setThumbnail] = useState<Thumbnail>();
  const report = useRef(onProblem);
  useEffect(() => {
    report.current = onProblem;
  });
  useEffect(
    () =>
      requestThumbnail(url, most, (result) => {
        if (typeof result === 'string') report.current(result);
        else setThumbnail(result);
      }),
    [url, most],
  );
  useEffect(() => {
    const element = canvas.current;
    if (element === null || thumbnail === undefined) return;
    element.width = thumbnail.bitmap.width;
    element.height = thumbnail.bitmap.height;
    element.style.setProperty('--ratio', String(thumbnail.width / thumbnail.height));
    element.getContext('2d')?.drawImage(thumbnail.bitmap, 0, 0);
  }, [thumbnail]);
  return (
    <>
      <canvas
        ref={canvas}
        className={plotClasses.image}
        role="img"
        aria-label={title}
        hidden={thumbnail === undefined}
      />
      {thumbnail === undefined && (
        <span role="status" className={plotClasses.loading}>
          <Loader size="sm" aria-hidden />
          <span className="visually-hidden">Making a small picture of a large file…</span>
        </span>
      )}
    </>
  );
}
