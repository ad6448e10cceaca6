// Bodies and queries as eight existing clients send them (README, "What it serves").

/** Parameters of a request in any encoding; absent and null are the same. */
export type Params = Readonly<Record<string, unknown>>

const bracketed = /^([^[\]]+)((?:\[[^[\]]*\])+)$/

/** Reads a request's body, JSON or a form of either encoding; an empty or unreadable one has no parameters. */
export async function readBody(request: Request): Promise<Params> {
  // PHP's cURL sends an array of fields so.
  if (/^multipart\/form-data/i.test(request.headers.get('content-type') ?? '')) {
    return readParts(request)
  }
  const text = (await request.text()).trim()
  // The content type is ignored: clients send forms labelled JSON, and JSON without a label.
  return parseJson(text) ?? readPairs(new URLSearchParams(text))
}

async function readParts(request: Request): Promise<Params> {
  try {
    const parts = [...(await request.formData())]
    return readPairs(parts.filter((part): part is [string, string] => typeof part[1] === 'string'))
  } catch (error) {
    if (error instanceof TypeError) return {}
    throw error
  }
}

/** Reads the parameters of a query. */
export function readQuery(url: string): Params {
  return readPairs(new URL(url).searchParams)
}

/** Text of a parameter; null when absent, empty, or not text. A number counts as its digits. */
export function textOf(params: Params, name: string): string | null {
  const value = params[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

/** All texts of a parameter that may be repeated. */
export function textsOf(params: Params, name: string): string[] {
  const value = params[name]
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.filter((entry): entry is string => typeof entry === 'string' && entry !== '')
}

/** The objects of a list, sent as JSON, as bracketed form keys, or as JSON text in a form; empty for anything else. */
export function recordsOf(params: Params, name: string): Params[] {
  const given = params[name]
  const value = typeof given === 'string' ? parseAny(given) : given
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.filter(isRecord).map(withoutNulls)
}

/** One object, sent as JSON, as bracketed form keys, or as JSON text in a form; an empty object for anything else. */
export function recordOf(params: Params, name: string): Params {
  return recordsOf(params, name)[0] ?? {}
}

/** Whether a flag is set, as JSON or as form text. */
export function flagOf(params: Params, name: string): boolean {
  return ['true', '1'].includes(String(params[name]))
}

/** A whole number, as JSON or as form text; null otherwise. */
export function integerOf(params: Params, name: string): number | null {
  const text = textOf(params, name)
  return text !== null && /^-?\d{1,15}$/.test(text) ? Number(text) : null
}

function parseJson(text: string): Params | null {
  const value = text.startsWith('{') ? parseAny(text) : null
  return isRecord(value) ? withoutNulls(value) : null
}

function parseAny(text: string): unknown {
  try {
    return JSON.parse(text)
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

function readPairs(pairs: Iterable<readonly [string, string]>): Params {
  const root: FormNode = new Map()
  for (const [rawName, value] of pairs) {
    const [, base, members = ''] = bracketed.exec(rawName.trimStart()) ?? []
    const steps = [...members.matchAll(/\[([^[\]]*)\]/g)].map(([, step = '']) => step)
    if (base === undefined) root.set(rawName.trimStart(), value)
    else insertValue(root, [base, ...steps], value)
  }
  return Object.fromEntries([...root].map(([name, node]) => [name, toPlainValue(node)]))
}

type FormNode = Map<string, string | FormNode>

function insertValue(node: FormNode, [step = '', ...rest]: readonly string[], value: string): void {
  const key = step === '' ? nextIndex(node, rest[0]) : step
  if (rest.length === 0) {
    node.set(key, value)
    return
  }
  const existing = node.get(key)
  const next: FormNode = existing instanceof Map ? existing : new Map()
  node.set(key, next)
  insertValue(next, rest, value)
}

// Ruby writes the members of one entry as `list[][a]` and `list[][b]`: a new entry begins where a member repeats.
function nextIndex(node: FormNode, member: string | undefined): string {
  const last = node.get(String(node.size - 1))
  const belongs = member !== undefined && last instanceof Map && member !== '' && !last.has(member)
  return String(belongs ? node.size - 1 : node.size)
}

// Numbered members are a list, named ones an object.
function toPlainValue(node: string | FormNode): unknown {
  if (typeof node === 'string') return node
  const members = [...node].map(([key, member]): [string, unknown] => [key, toPlainValue(member)])
  const isList = members.every(([key]) => /^\d+$/.test(key))
  return isList ? members.map(([, member]) => member) : Object.fromEntries(members)
}
