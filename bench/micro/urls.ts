import { type AnyEndpoint, payments } from '@quayside/client'
import fc from 'fast-check'
import { buildRequest } from '../../packages/client/src/request/request.ts'
import type { Work } from './contestant.ts'
import { defineGroup } from './group.ts'

interface Call {
  readonly endpoint: AnyEndpoint
  readonly params: Readonly<Record<string, string | number | boolean>>
}

const baseUrl = 'https://api.iamport.kr'

const ids = fc.stringMatching(/^imp_[0-9]{12}$/)
const orderIds = fc.stringMatching(/^[A-Za-z0-9_가-힣 /?#&=+%.-]{1,20}$/)
const get = fc
  .record({ imp_uid: ids, include_sandbox: fc.boolean() }, { requiredKeys: ['imp_uid'] })
  .map((params): Call => ({ endpoint: payments.get, params }))
const findAll = fc
  .record(
    {
      merchant_uid: orderIds.filter((id) => !/^\.{1,2}$/.test(id)),
      payment_status: fc.constantFrom('ready', 'paid', 'cancelled', 'failed'),
      page: fc.integer({ min: 1, max: 10_000 }),
      limit: fc.integer({ min: 1, max: 1_000 }),
      sorting: fc.constantFrom('-started', 'started', '-paid', 'paid'),
    },
    { requiredKeys: ['merchant_uid'] },
  )
  .map((params): Call => ({ endpoint: payments.findAll, params }))
const calls = fc.oneof(get, findAll)

/** The address of a call from its parameters, which ours checks as well. */
export const urls = defineGroup<Call>({
  name: 'URL',
  batch: 16,
  inputs: fc.sample(calls, { seed: 1, numRuns: 64 }),
  cases: calls,
  toKind: (outcome) => (outcome === null ? 'refused' : 'built'),
  contestants: [
    { name: 'ours', load: () => toWork(buildByClient) },
    { name: 'URL, URLSearchParams', load: () => toWork(buildByUrl) },
  ],
})

function toWork(build: (call: Call) => string | null): Work<Call> {
  return { run: build, toOutcome: build }
}

function buildByClient({ endpoint, params }: Call): string | null {
  const request = buildRequest(endpoint, params, baseUrl)
  return request.ok ? request.value.url : null
}

function buildByUrl({ endpoint, params }: Call): string | null {
  const path = endpoint.path.replace(/\/\{(\w+)\??\}/g, (_, name: string) => {
    const value = params[name]
    return value === undefined ? '' : `/${encodeURIComponent(value)}`
  })
  const url = new URL(path, baseUrl)
  for (const name of endpoint.query ?? []) {
    const value = params[name]
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url.href
}
