// An example of each operation: its required parameters, with values that the client accepts.
import values from './values.json' with { type: 'json' }

const commonValues = values['*']

/** The parameters of an operation's example: the required ones, and those that `values.json` adds. */
export function paramsOf(call, members, row) {
  const own = values[call] ?? {}
  const required = members.filter(({ optional }) => !optional).map(({ name }) => name)
  const choice = (row.oneOf ?? []).some((name) => name in own) ? [] : (row.oneOf ?? []).slice(0, 1)
  const missing = [...choice, ...required].filter((name) => !(name in own))
  const common = missing.map((name) => {
    const value = commonValues[name]
    if (value === undefined) throw new TypeError(`tools/docs/values.json: ${call} needs ${name}`)
    return [name, value]
  })
  return { ...Object.fromEntries(common), ...own }
}

/** The examples with parameters that the client refuses. */
export async function tryExamples(examples, { createClient }, { createSimulator }) {
  const { fetch } = createSimulator()
  const client = createClient({ key: 'simulator-key', secret: 'simulator-secret', fetch })
  const problems = []
  for (const { call, row, params } of examples) {
    const result = await client.call(row, params)
    if (result.ok || result.failure.reason !== 'invalid_argument') continue
    const { parameter, problem } = result.failure
    problems.push(`the example of ${call}: ${parameter} is ${problem}`)
  }
  return problems
}

/** An example as TypeScript. */
export function toCode(call, params) {
  return `await client.call(${call}, ${literal(params, '', `await client.call(${call}, `.length)})`
}

const widest = 100

function literal(value, indent, used) {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'number') return String(value)
  const isList = Array.isArray(value)
  const entries = Object.entries(value)
  if (entries.length === 0) return isList ? '[]' : '{}'
  const print = ([name, one], inner) =>
    isList
      ? literal(one, inner, inner.length)
      : `${toKey(name)}: ${literal(one, inner, inner.length + name.length + 2)}`
  const flat = entries.map((entry) => print(entry, indent)).join(', ')
  const whole = isList ? `[${flat}]` : `{ ${flat} }`
  if (used + whole.length < widest && !whole.includes('\n')) return whole
  const inner = `${indent}  `
  const lines = entries.map((entry) => `${inner}${print(entry, inner)},`)
  return [isList ? '[' : '{', ...lines, `${indent}${isList ? ']' : '}'}`].join('\n')
}

const toKey = (name) => (/^\w+$/.test(name) ? name : `'${name}'`)
