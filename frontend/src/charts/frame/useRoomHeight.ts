import { useViewportSize } from '@mantine/hooks';

/** What stands above and below a chart that is alone on its page, in pixels. */
const AROUND = 330;

const HIGHEST = 680;

/** The height for a chart that is alone on its page: what the window leaves, within limits. */
export function useRoomHeight(lowest: number): number {
  const { height } = useViewportSize();
  return Math.min(HIGHEST, Math.max(lowest, height - AROUND));
}
