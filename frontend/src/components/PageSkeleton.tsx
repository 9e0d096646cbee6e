import { Skeleton } from '@mantine/core';

/** Stands for a part of a page that is on its way. */
export function PageSkeleton() {
  return (
    <div style={{ display: 'grid', gap: 14, padding: 'var(--space-5)' }} aria-busy="true">
      <span className="visually-hidden">Loading</span>
      <Skeleton height={14} width="30%" />
      <Skeleton height={120} />
      <Skeleton height={14} width="55%" />
      <Skeleton height={120} />
    </div>
  );
}
