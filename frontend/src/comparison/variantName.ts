/** The name of a variant: A, B … Z, AA. */
export function variantName(variant: number): string {
  const letter = String.fromCharCode(65 + (variant % 26));
  return variant < 26 ? letter : variantName(Math.floor(variant / 26) - 1) + letter;
}
