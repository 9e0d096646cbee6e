import type { Package } from './environmentQuery.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const VERSION = /^[A-Za-z0-9][A-Za-z0-9._+!-]*$/;
// pip puts the values of variables where a line has `${NAME}`, and reads on after blanks: neither is in a plain address.
const REPOSITORY = /^(git|hg|bzr|svn)\+(https|ssh):\/\/[A-Za-z0-9._~:/?#@!$&'()*+,;=%[\]-]{1,1000}$/;

/**
 * Packages as lines that pip reads. What came from a folder cannot be had from anywhere: it becomes a comment, and so
 * does whatever is no sound name and version.
 */
export function toRequirements(packages: readonly Package[]): string {
  return packages.map((each) => `${toLine(each)}\n`).join('');
}

function toLine({ name, version, source }: Package): string {
  if (!NAME.test(name) || !VERSION.test(version)) return `# ${oneLine(`${name} ${version}`)}`;
  if (source === null) return `${name}==${version}`;
  return REPOSITORY.test(source) ? `${name} @ ${source}` : `# ${name}==${version} (${oneLine(source)})`;
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{C}]+/gu, ' ');
}
