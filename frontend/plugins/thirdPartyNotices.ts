import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export const NOTICES = 'third-party-notices.txt';

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice|ofl)/i;

type Lock = { packages: Record<string, { version?: string; license?: string; dev?: boolean }> };
type Description = { author?: string | { name?: string }; repository?: string | { url?: string } };

/**
 * Writes the licences of all packages that the app is built from, in one file beside it: of all that the lock file does
 * not mark as for development only. That includes fonts, workers, and what a package has bundled itself.
 */
export function thirdPartyNotices(root: string): Plugin {
  return {
    name: 'third-party-notices',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: NOTICES, source: noticesOf(root) });
    },
  };
}

function noticesOf(root: string): string {
  const lock: Lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const parts = Object.entries(lock.packages)
    .filter(([folder, { dev }]) => folder !== '' && dev !== true && existsSync(join(root, folder)))
    .map(([folder, { version, license }]) => {
      const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const { author, repository }: Description = JSON.parse(
        readFileSync(join(root, folder, 'package.json'), 'utf8'),
      );
      const facts = [
        `${name} ${version ?? ''}`,
        `Licence: ${license ?? 'see below'}`,
        author !== undefined && `Author: ${typeof author === 'string' ? author : author.name}`,
        repository !== undefined && `Source: ${typeof repository === 'string' ? repository : repository.url}`,
      ].filter(Boolean);
      return [...facts, '', ...licenceTexts(join(root, folder))].join('\n');
    });
  const head = 'Kedro-Viz’s web app is built from these packages. Each is under its own licence.\n';
  return `${[head, ...[...new Set(parts)].sort()].join(`\n${'='.repeat(80)}\n\n`)}\n`;
}

function licenceTexts(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map(({ name }) => `${readFileSync(join(folder, name), 'utf8').trim()}\n`);
}
