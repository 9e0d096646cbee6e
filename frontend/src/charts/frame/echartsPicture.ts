import type { EChartsCoreOption } from 'echarts/core';
import { init } from '../surface/echarts.ts';
import type { ChartPicture } from './chartPicture.ts';

/** A picture of what ECharts draws; the option must not depend on a drawing that is already there. */
export function echartsPicture(width: number, height: number, option: EChartsCoreOption): ChartPicture {
  const still = { ...option, animation: false };
  return {
    width,
    height,
    toSvg: async () => {
      const { useSvg } = await import('./echartsSvg.ts');
      useSvg();
      const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
      try {
        chart.setOption(still);
        return chart.renderToSVGString();
      } finally {
        chart.dispose();
      }
    },
    drawOn: (context) => {
      const chart = init(document.createElement('div'), null, {
        renderer: 'canvas',
        devicePixelRatio: context.getTransform().a,
        width,
        height,
      });
      try {
        chart.setOption(still);
        context.drawImage(chart.renderToCanvas(), 0, 0, width, height);
      } finally {
        chart.dispose();
      }
    },
  };
}
