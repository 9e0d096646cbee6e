import { use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

/** Lets ECharts write SVG. Apart from the charts, because few who look at one save it. */
export function useSvg(): void {
  use([SVGRenderer]);
}
