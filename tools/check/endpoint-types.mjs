// Compares the client's types with the documented ones. Each fact becomes one line of TypeScript that
// compiles only if it is true; the compiler reports the lines that do not.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { operationOf, placesOf, toName } from './endpoint-table.mjs'

const claims = `import type * as client from '@quayside/client'

type ParamsOf<E> = E extends client.Endpoint<infer P, infer _> ? P : never
type ValueOf<E> = E extends client.Endpoint<infer _, infer V> ? V : never
type Keys<P> = P extends unknown ? keyof P : never
/** The type of a member, in any arm of a union, without undefined and null. */
type At<P, K> = P extends unknown ? (K extends keyof P ? NonNullable<P[K]> : never) : never
type MayLack<P, K> = P extends unknown
  ? K extends keyof P ? ({} extends Pick<P, K> ? true : false) : true
  : never
type One<L> = L extends readonly (infer Item)[] ? Item : never
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Needed<P, K> = Same<MayLack<P, K>, false>
type Optional<P, K> = true extends MayLack<P, K> ? true : false
type Has<P, K> = K extends Keys<P> ? true : false
/** Any text. */
type IsText<T> = [T] extends [string] ? (string extends T ? true : false) : false
/** Text, possibly of some values only. */
type IsWords<T> = [T] extends [never] ? false : [T] extends [string] ? true : false
type IsObject<T> = [T] extends [never] ? false : [T] extends [object] ? true : false
type IsList<T> = [T] extends [never] ? false : [T] extends [readonly unknown[]] ? true : false
`

/** Every difference between the types and the facts. `listed` are the differences that have a reason. */
export function compareTypes(calls, facts, listed, folder) {
  const lines = []
  const claim = (says, type) => lines.push({ says, type })
  const extra = (of) =>
    listed
      .filter((one) => one.startsWith(`${of} `) && one.endsWith(': not documented'))
      .map((one) => one.slice(of.length + 1, -': not documented'.length))
  const shapes = new Map(named)

  const documented = new Map(facts.operations.map((one) => [`${one.method} ${one.path}`, one]))
  for (const { call, row } of calls) {
    const params = `ParamsOf<typeof client.${call}>`
    const names = [...placesOf(row).keys()].map((name) => JSON.stringify(name))
    claim(
      `${call}: its parameters' type has other names than its endpoint`,
      `Same<Keys<${params}>, ${names.join(' | ') || 'never'}>`,
    )
    const operation = documented.get(operationOf(row))
    if (operation === undefined) continue
    for (const param of operation.params) {
      claimParam({ call, row, params, param, claim, facts, shapes })
    }
    claimValue({ call, response: operation.response, claim, facts, shapes })
  }
  // A shape may contain another; the list grows while it is iterated.
  for (const [name, type] of shapes) claimShape({ name, type, claim, facts, shapes, extra })
  return prove(lines, folder)
}

/** Shapes that are not the response of one call alone, and the client's types for them. */
const named = [
  ['CustomerAnnotation', 'client.CustomerRecord'],
  ['SuperBillingKeyAnnotation', 'client.SuperBillingKey'],
  ['VbankHolderAnnotation', 'ValueOf<typeof client.vbanks.holder>'],
]

function claimParam({ call, row, params, param, claim, facts, shapes }) {
  const name = toName(param.name)
  if (!placesOf(row).has(name)) return
  const at = `${call} ${name}`
  const own = `${params}, ${JSON.stringify(name)}`
  if (param.required) claim(`${at}: the type lets it be left out`, `Needed<${own}>`)
  else claim(`${at}: the type demands it`, `Optional<${own}>`)
  const [, member] = /\[(\w+)\]$/.exec(param.name) ?? []
  const type = member === undefined ? `At<${own}>` : `At<At<${own}>, ${JSON.stringify(member)}>`
  claimType({ at, type, documented: param.type, words: param.enum, claim, facts, shapes })
}

function claimType({ at, type, documented, words, claim, facts, shapes }) {
  const says = `${at}: the type is not ${JSON.stringify(words ?? documented)}`
  if (Array.isArray(documented)) {
    claim(says, `IsList<${type}>`)
    const [item] = documented
    if (item === null) return
    return claimType({ at, type: `One<${type}>`, documented: item, claim, facts, shapes })
  }
  if (words !== undefined) {
    return claim(says, `Same<${type}, ${words.map((word) => JSON.stringify(word)).join(' | ')}>`)
  }
  switch (documented) {
    case 'string':
      return claim(says, `IsText<${type}>`)
    case 'number':
    case 'integer':
      return claim(says, `Same<${type}, number>`)
    case 'boolean':
      return claim(says, `Same<${type}, boolean>`)
    case 'object':
      return claim(says, `IsObject<${type}>`)
    default:
      if (!(documented in facts.definitions)) throw new Error(`${at}: no shape ${documented}`)
      claim(says, `IsObject<${type}>`)
      if (!shapes.has(documented)) return void shapes.set(documented, type)
      return claim(
        `${at}: the type is not that of the other ${documented}`,
        `Same<${type}, ${shapes.get(documented)}>`,
      )
  }
}

function claimValue({ call, response, claim, facts, shapes }) {
  const value = `ValueOf<typeof client.${call}>`
  const at = `${call} answer`
  switch (response) {
    case null:
    case 'object':
      return
    case 'ResponseAnnotation':
      return claim(`${at}: the type is not null`, `Same<${value}, null>`)
    default: {
      const own = facts.definitions[response]?.fields.response?.type
      const documented = own ?? facts.wrappers[response]
      if (documented === undefined) throw new Error(`${call}: no wrapper ${response}`)
      // A specific envelope documents its `response` as optional.
      const type = own === undefined ? value : `NonNullable<${value}>`
      return claimType({ at, type, documented, claim, facts, shapes })
    }
  }
}

function claimShape({ name, type, claim, facts, shapes, extra }) {
  const { required, fields } = facts.definitions[name]
  const beyond = extra(name)
  const known = [...Object.keys(fields), ...beyond].map((key) => JSON.stringify(key)).join(' | ')
  claim(`${name}: has more than documented`, `Same<Exclude<Keys<${type}>, ${known}>, never>`)
  for (const key of beyond) {
    claim(`${name} ${key}: is listed and not there`, `Has<${type}, ${JSON.stringify(key)}>`)
  }
  for (const [key, field] of Object.entries(fields)) {
    const own = `${type}, ${JSON.stringify(key)}`
    const at = `${name} ${key}`
    claim(`${at}: missing`, `Has<${own}>`)
    if (required.includes(key)) claim(`${at}: the type lets it be absent`, `Needed<${own}>`)
    if (field.type === 'string') {
      claim(`${at}: the type is not "string"`, `IsWords<At<${own}>>`)
    } else {
      claimType({ at, type: `At<${own}>`, documented: field.type, claim, facts, shapes })
    }
  }
}

function prove(lines, folder) {
  const unique = [...new Map(lines.map((line) => [`${line.says}\n${line.type}`, line])).values()]
  const head = claims.split('\n').length
  const body = unique.map(({ type }, number) => `export const _${number}: ${type} = true`)
  writeFileSync(`${folder}/facts.ts`, `${claims}\n${body.join('\n')}\n`)
  writeFileSync(
    `${folder}/tsconfig.json`,
    JSON.stringify({
      extends: '../../tsconfig.json',
      compilerOptions: { lib: ['ES2024', 'WebWorker'] },
      include: ['facts.ts'],
    }),
  )
  const { stdout } = spawnSync('node_modules/.bin/tsc', ['--noEmit', '-p', folder], {
    encoding: 'utf8',
  })
  const errors = stdout.split('\n').filter((line) => /error TS/.test(line))
  const differences = errors.map((error) => {
    const [, number] = /facts\.ts\((\d+),\d+\): error TS2322/.exec(error) ?? []
    return unique[Number(number) - head - 1]?.says ?? error
  })
  return { differences: [...new Set(differences)], proved: unique.length }
}
