const MOST = 3;
const LEAST_ALIKE = 0.6;

/** To compare two long names takes long, and runs may have ten thousand: what is nearly the same is nearly as long. */
const COMPARED_CHARACTERS = 100;
const COMPARED_NAMES = 2_000;

/** The names that are written nearly so, nearest first: at most three. */
export function nearNames(name: string, names: readonly string[]): string[] {
  const typed = name.toLowerCase().slice(0, COMPARED_CHARACTERS);
  const lowered = new Map(names.map((other) => [other.toLowerCase(), other]));
  const alike = [...lowered.keys()]
    .sort((a, b) => Math.abs(a.length - typed.length) - Math.abs(b.length - typed.length))
    .slice(0, COMPARED_NAMES);
  const near = alike
    .map((other) => ({ other, likeness: likenessOf(other, typed) }))
    .filter(({ likeness }) => likeness >= LEAST_ALIKE)
    .sort((a, b) => b.likeness - a.likeness || (a.other < b.other ? 1 : -1))
    .slice(0, MOST);
  // The last part of a metric's or parameter's name alone is what people remember, and the beginning of it.
  const last = lastPart(name.toLowerCase());
  const parts = names.filter((other) => last.length > 1 && lastPart(other.toLowerCase()).startsWith(last));
  return [...new Set([...parts, ...near.map(({ other }) => lowered.get(other) ?? other)])].slice(0, MOST);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** How much of two texts is the same, from 0 to 1, by their longest common parts (Ratcliff and Obershelp). */
function likenessOf(a: string, b: string): number {
  return a.length + b.length === 0 ? 1 : (2 * matching(a, b)) / (a.length + b.length);
}

function matching(a: string, b: string): number {
  let [size, atA, atB] = [0, 0, 0];
  let before = new Array<number>(b.length + 1).fill(0);
  for (let i = 0; i < a.length; i += 1) {
    const row = new Array<number>(b.length + 1).fill(0);
    for (let j = 0; j < b.length; j += 1) {
      if (a[i] !== b[j]) continue;
      const length = (before[j] ?? 0) + 1;
      row[j + 1] = length;
      if (length > size) [size, atA, atB] = [length, i - length + 1, j - length + 1];
    }
    before = row;
  }
  if (size === 0) return 0;
  return (
    size + matching(a.slice(0, atA), b.slice(0, atB)) + matching(a.slice(atA + size), b.slice(atB + size))
  );
}
