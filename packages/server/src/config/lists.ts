/** A setting that is a list: texts with commas between them. */
export function toList(text: string): string[] {
  return text.split(',').map((each) => each.trim())
}
