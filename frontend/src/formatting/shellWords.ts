// What no shell gives a meaning to. zsh looks for a program where a word begins with "=".
const BARE = /^(?!=)[A-Za-z0-9_@%+=:,./-]+$/;
// Not to be seen, or turning the reading direction, or halves of pairs: the same as Python's `str.isprintable`, but for
// what is not assigned yet.
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
// Paths of Windows: nothing in them steers a shell, and quotes would be in the way of its own.
const WINDOWS_PATH = /^[A-Za-z]:[\w@%+=:,./\\-]*$/;

/**
 * Quotes a text so that a POSIX shell, zsh or fish reads it as one word.
 *
 * Control characters, characters that cannot be seen and backslashes become octal escapes of `printf`. So the result
 * is one line, all of which is seen, and a terminal that it is pasted into runs nothing by itself. A null character
 * becomes a replacement character; line feeds at the end are lost, as in every command substitution.
 */
export function shellWord(text: string): string {
  if (BARE.test(text)) return text;
  const sound = text.replaceAll('\0', '\uFFFD');
  if (!UNPRINTABLE.test(sound) && !sound.includes('\\')) return `'${sound.replaceAll("'", `'"'"'`)}'`;
  return `"$(printf '${Array.from(sound, inFormat).join('')}')"`;
}

/** A path to be pasted: into a shell it is one word. */
export function shellPath(path: string): string {
  return WINDOWS_PATH.test(path) ? path : shellWord(path);
}

/** Words as one command line. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/**
 * A run's command as it may be pasted into a shell. Kedro records the words joined by spaces, without quotes: a word
 * that had spaces in it is several words here. Undefined for what is no command of Kedro's, which no run records.
 */
export function recordedCommand(command: string): string | undefined {
  const words = command.split(/\s+/u).filter(Boolean);
  return words[0] === 'kedro' ? shellLine(words) : undefined;
}

// fish reads backslashes within single quotes, bash looks for "!" in its history, and a dash at the front would be an
// option of printf.
function inFormat(character: string): string {
  if (!UNPRINTABLE.test(character) && !"'\\%!-".includes(character)) return character;
  return Array.from(
    new TextEncoder().encode(character),
    (byte) => `\\${byte.toString(8).padStart(3, '0')}`,
  ).join('');
}
