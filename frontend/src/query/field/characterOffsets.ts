/** The server counts characters; here texts are counted in UTF-16 units, of which "🚀" has two. */

/** How many characters stand before a place. */
export function toCharacters(text: string, units: number): number {
  return [...text.slice(0, units)].length;
}

/** The place after so many characters; the end where there are fewer. */
export function toUnits(text: string, characters: number): number {
  let units = 0;
  let left = characters;
  for (const character of text) {
    if (left-- <= 0) break;
    units += character.length;
  }
  return units;
}
