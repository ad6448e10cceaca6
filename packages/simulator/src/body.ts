// Bodies and queries as eight existing clients send them: see "what clients put on the wire" in the README.

/** Parameters of a request, whatever encoding they came in; absent and null are the same. */
export type Params = Readonly<Record<string, unknown>>

const bracketed = /^([^[\]]+)\[([^[\]]*)\]$/

/** Reads a request's body, JSON or form; an empty or unreadable one holds no parameters. */
export async function readBody(request: Request): Promise<Params> {
  const text = (await request.text()).trim()
  // The label is not trusted: clients send forms labelled JSON, and JSON without any label.
  return parseJson(text) ?? readPairs(new URLSearchParams(text))
}

/** Reads the parameters of a query. */
export function readQuery(url: string): Params {
  return readPairs(new URL(url).searchParams)
}

/** Text of a parameter; null when absent, empty, or not text. Numbers are taken as their digits. */
export function textOf(params: Params, name: string): string | null {
  const value = params[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

/** All texts of a parameter that may come once or many times. */
export function textsOf(params: Params, name: string): string[] {
  const value = params[name]
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.filter((entry): entry is string => typeof entry === 'string' && entry !== '')
}

/** Whether a flag is set, as JSON or as form text. */
export function flagOf(params: Params, name: string): boolean {
  return ['true', '1'].includes(String(params[name]))
}

/** A whole number, as JSON or as form text; null otherwise. */
export function wholeOf(params: Params, name: string): number | null {
  const text = textOf(params, name)
  return text !== null && /^-?\d{1,15}$/.test(text) ? Number(text) : null
}

function parseJson(text: string): Params | null {
  if (!text.startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? withoutNulls(value) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function withoutNulls(record: Record<string, unknown>): Params {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))
}

function readPairs(pairs: URLSearchParams): Params {
  const found = new Map<string, string | string[] | Map<string, string>>()
  for (const [rawName, value] of pairs) {
    const name = rawName.trimStart()
    const [, group, member] = bracketed.exec(name) ?? []
    if (group === undefined || member === undefined) found.set(name, value)
    else if (/^\d*$/.test(member)) addToList(found, group, value)
    else addToGroup(found, group, member, value)
  }
  return Object.fromEntries([...found].map(([name, value]) => [name, plain(value)]))
}

type Found = Map<string, string | string[] | Map<string, string>>

function addToList(found: Found, name: string, value: string): void {
  const list = found.get(name)
  if (Array.isArray(list)) list.push(value)
  else found.set(name, [value])
}

function addToGroup(found: Found, name: string, member: string, value: string): void {
  const group = found.get(name)
  if (group instanceof Map) group.set(member, value)
  else found.set(name, new Map([[member, value]]))
}

function plain(value: string | string[] | Map<string, string>): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value
}
