const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** "820 B", "1.5 kB", "34 MB": with one decimal below ten. */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  // 999.6 kB are written as 1.0 MB, not as 1000 kB.
  while (Math.round(size) >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && size < 9.95 ? 1 : 0;
  return `${size.toFixed(digits)} ${UNITS[unit]}`;
}
