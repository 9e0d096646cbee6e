/** What is this many pixels out of view is asked for and drawn already. */
export const NEAR = 500;

/** So many curves are asked for at a time: whole rows, with one, two, three and four in a row. */
export const BLOCK = 12;

/** The curves of a group in blocks, each of which asks for its points when it comes near. */
export function inBlocks<Member>(curves: readonly Member[], size = BLOCK): Member[][] {
  return Array.from({ length: Math.ceil(curves.length / size) }, (_, index) =>
    curves.slice(index * size, (index + 1) * size),
  );
}
