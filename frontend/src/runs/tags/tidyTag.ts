/** As much as the server takes. */
export const TAG_LIMIT = 100;

/** A tag as it is kept: without spaces around it, and with single ones within. */
export function tidyTag(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(0, TAG_LIMIT);
}
