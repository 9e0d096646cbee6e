import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { plotlyOutlines } from './plugins/plotlyOutlines.ts';
import { plotlyWorkers } from './plugins/plotlyWorkers.ts';
import { thirdPartyNotices } from './plugins/thirdPartyNotices.ts';

const server = 'http://127.0.0.1:4141';

export default defineConfig(({ command }) => ({
  // Wherever a reverse proxy has the app: the server completes the addresses in the page.
  base: command === 'build' ? './' : '/',
  plugins: [react(), thirdPartyNotices(import.meta.dirname), plotlyOutlines(), plotlyWorkers()],
  build: {
    outDir: '../package/kedro_viz/web',
    emptyOutDir: true,
    // The content security policy allows fonts and images from files only, so nothing is inlined as data.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    // plotly.js is one large file of its own, loaded only inside the frame that shows users' figures.
    chunkSizeWarningLimit: 6000,
    rolldownOptions: { input: ['index.html', 'plot-frame.html'] },
  },
  server: {
    proxy: {
      '/graphql': { target: server, ws: true },
      '/artifacts': { target: server },
      '/api': { target: server },
    },
  },
  test: {
    restoreMocks: true,
    // A busy machine is slow, not wrong.
    testTimeout: 30_000,
    projects: [
      // What needs no page runs without one, and without what pages need: that is most of the time of a test file.
      {
        extends: true,
        test: {
          name: 'logic',
          environment: 'node',
          include: ['src/**/*.test.ts'],
          exclude: ['src/**/*.dom.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'pages',
          environment: 'jsdom',
          setupFiles: ['src/app/testSetup.ts'],
          include: ['src/**/*.test.tsx', 'src/**/*.dom.test.ts'],
        },
      },
    ],
  },
}));
