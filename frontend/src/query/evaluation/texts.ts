/** A text whose capitals of ASCII are small letters: as the server compares texts. */
export function lowered(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

/** Whether a text holds another one, whatever its capitals: anywhere, at its beginning, or at its end. */
export function holds(text: string, part: string, where?: 'start' | 'end'): boolean {
  const [whole, wanted] = [lowered(text), lowered(part)];
  if (where === 'start') return whole.startsWith(wanted);
  return where === 'end' ? whole.endsWith(wanted) : whole.includes(wanted);
}
