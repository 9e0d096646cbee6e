import { LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// Only what the metric charts draw with: the whole library is five times as large.
use([LineChart, ScatterChart, GridComponent, CanvasRenderer]);

export { init };
