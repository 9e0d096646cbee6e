import { useDeferredValue, useEffect, useState } from 'react';
import type { SeriesSearch } from './seriesSearch.ts';

/**
 * How smooth curves are: as the address has it, or as the slider that is being moved. Charts may come a little behind
 * the slider, but never hold it up.
 */
export function useSmoothing({
  smooth = 0,
}: Pick<SeriesSearch, 'smooth'>): readonly [number, (weight: number) => void] {
  const [weight, setWeight] = useState(smooth);
  useEffect(() => setWeight(smooth), [smooth]);
  return [useDeferredValue(weight), setWeight];
}
