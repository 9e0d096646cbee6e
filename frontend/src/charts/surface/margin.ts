/** Space around the drawing area in pixels; the same in all charts, so that their time axes stand below one another. */
export const MARGIN = { left: 50, right: 16, top: 14, bottom: 24 } as const;
