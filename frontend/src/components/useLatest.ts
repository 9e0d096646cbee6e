import { type RefObject, useEffect, useRef } from 'react';

/** What a component was last rendered with, for listeners and timers that outlive a rendering. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
