import type { Fields } from '@quayside/core'
import fc from 'fast-check'
import { parseForm } from '../../packages/core/src/channels/body.ts'
import type { Work } from './contestant.ts'
import { defineGroup } from './group.ts'

const names = fc.constantFrom(
  'imp_uid',
  'merchant_uid',
  'status',
  'imp_success',
  'error_msg',
  'a b',
)
const values = fc.oneof(
  fc.stringMatching(/^imp_[0-9]{12}$/),
  fc.stringMatching(/^ORD[0-9]{8}-[0-9]{7}$/),
  fc.constantFrom('', 'paid', 'ready', 'true', '한도 초과', '1+1=2 & 100%', 'a=b', '😀'),
)
const pairs = fc.array(fc.tuple(names, values), { maxLength: 6 })
/** As pages send forms, with a plus for a space or with %20. */
const texts = fc.oneof(
  pairs.map((all) => new URLSearchParams(all).toString()),
  pairs.map(
    (all) =>
      `?${all.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`,
  ),
)

/** What the provider sends with a webhook, and the page's own address after a payment. */
const inputs = Array.from({ length: 64 }, (_, at) => {
  const ids = `imp_uid=imp_${448_280_090_638 + at}&merchant_uid=ORD20240131-00000${at + 10}`
  return at % 2 === 0
    ? `${ids}&status=paid`
    : `?${ids}&imp_success=false&error_code=F400&error_msg=${encodeURIComponent('카드 한도 초과')}`
})

/**
 * The fields of a form or a query. Invalid percent encoding is in none: ours keeps it, `URLSearchParams` puts replacement
 * characters in its place.
 */
export const forms = defineGroup<string>({
  name: 'form',
  batch: 16,
  inputs,
  cases: texts,
  toKind: (outcome) => (outcome === null ? 'refused' : 'parsed'),
  contestants: [
    { name: 'ours', load: () => toWork(parseByCore) },
    { name: 'URLSearchParams', load: () => toWork(parseByUrl) },
  ],
})

function toWork(parse: (text: string) => Fields | null): Work<string> {
  return { run: parse, toOutcome: parse }
}

function parseByCore(text: string): Fields | null {
  const fields = parseForm(text)
  return fields.ok ? fields.value : null
}

function parseByUrl(text: string): Fields | null {
  const params = new URLSearchParams(text)
  if (params.size > 256) return null
  const fields: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of params) {
    const before = fields[name]
    if (Array.isArray(before)) before.push(value)
    else fields[name] = before === undefined ? value : [before, value]
  }
  return fields
}
