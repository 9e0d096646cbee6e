/** A parameter beside a metric. */
export type JudgedParameter = { name: string; importance: number; correlation: number | null };

/** Nearer to zero, the metric goes neither way. */
const NO_WAY = 0.05;

/** Which way the metric goes with a parameter. */
export type Way = 'up' | 'down' | 'neither' | 'category';

export function wayOf({ correlation }: JudgedParameter): Way {
  if (correlation === null) return 'category';
  if (Math.abs(correlation) < NO_WAY) return 'neither';
  return correlation > 0 ? 'up' : 'down';
}

/** "rises with it (+0.81)". */
export function saidWay(parameter: JudgedParameter): string {
  const { correlation } = parameter;
  const size = `${(correlation ?? 0) < 0 ? '−' : '+'}${Math.abs(correlation ?? 0).toFixed(2)}`;
  switch (wayOf(parameter)) {
    case 'category':
      return 'by its values';
    case 'neither':
      return `goes neither way (${size})`;
    case 'up':
      return `rises with it (${size})`;
    case 'down':
      return `falls with it (${size})`;
  }
}

/** Importance has no unit: two decimals tell parameters apart. */
export function writeImportance(importance: number): string {
  return importance > 0 && importance < 0.005 ? '<0.01' : importance.toFixed(2);
}
