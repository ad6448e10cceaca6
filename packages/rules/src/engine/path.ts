/** Whether a parameter counts as given: null and the empty text do not. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

/** A value as text: a list as its members, and an object, which may hold anything, only as the word. */
export function toText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'boolean':
    case 'bigint':
      return `${value}`
    case 'object':
      return Array.isArray(value) && value.length < 20
        ? value.map((each) => (Array.isArray(each) ? 'list' : toText(each))).join(', ')
        : 'object'
    case 'undefined':
    case 'function':
    case 'symbol':
      return typeof value
  }
}

/** Whether a value is an object with names. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The values of a parameter: one for a plain name, one for each member after `[]`. A list that is missing has no members,
 * so that only the rule about the list itself speaks.
 *
 * @param path Such as `card.direct.quota` or `kcpProducts[].name`.
 */
export function valuesAt(parameters: unknown, path: string): readonly unknown[] {
  let values: readonly unknown[] = [parameters]
  for (const part of path.split('.')) {
    const isList = part.endsWith('[]')
    const name = isList ? part.slice(0, -2) : part
    values = values.map((value) => (isRecord(value) ? value[name] : undefined))
    if (isList) values = values.flatMap((value) => (Array.isArray(value) ? value : []))
  }
  return values
}
