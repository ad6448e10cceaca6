import type { ValidateFunction } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCall, type Call, callOf } from './calls.ts'
import { isRecord } from './deed.ts'
import { operations } from './facts.ts'
import { judgeOf, judgeOfRefusals } from './shapes.ts'
import { buildTown } from './town.ts'

const seed = 20_400_102
const callsPerTown = 400
const towns = 30

const nameOf = ({ operation: { method, path } }: Call) => `${method} ${path}`
const judges = new Map(
  operations.map((operation) => [`${operation.method} ${operation.path}`, judgeOf(operation)]),
)

/** What the PG refuses, and not the provider, is a 500 by the description; 501 is a PG that cannot. */
const isPgRefusal = (status: number, code: unknown) =>
  (status === 500 && code === -1) || (status === 501 && code === 1)

describe('twelve thousand calls that nobody wrote by hand', () => {
  it('are all answered, each in its documented shape, and every operation succeeds', async () => {
    const faults: unknown[] = []
    const succeeded = new Set<string>()
    let successes = 0
    for (let number = 0; number < towns; number++) {
      const town = await buildTown(number)
      for (const call of fc.sample(anyCall(), { seed: seed + number, numRuns: callsPerTown })) {
        const { status, fault, isSuccess } = await judge(call, await town.ask(call))
        if (fault !== null)
          faults.push({ call: nameOf(call), path: call.path, body: call.body, status, fault })
        if (!isSuccess) continue
        succeeded.add(nameOf(call))
        successes++
      }
    }
    expect(faults.slice(0, 12)).toEqual([])
    // Refusals alone would say little about shapes.
    expect(successes).toBeGreaterThan(3000)
    expect([...judges.keys()].filter((name) => !succeeded.has(name))).toEqual([])
  }, 120_000)
})

describe('the judge of these answers', () => {
  for (const fault of ['missing_field', 'amount_as_string', 'amount_null', 'null_response']) {
    it(`notices ${fault}`, async () => {
      const town = await buildTown(1)
      const operation = operations.find(({ path }) => path === '/payments/{imp_uid}')
      if (operation === undefined) throw new TypeError('no such operation')
      const path = '/payments/imp_paid'
      const call = { operation, path, body: null, contentType: 'application/json' }
      const sound = await judge(call, await town.ask(call))
      await town.spoil(fault)
      const spoilt = await judge(call, await town.ask(call))
      expect([sound.fault === null, spoilt.fault === null]).toEqual([true, false])
    })
  }
})

describe('without a token', () => {
  for (const operation of operations.filter(({ path }) => path !== '/users/getToken')) {
    it(`refuses ${operation.method} ${operation.path}`, async () => {
      const town = await buildTown(1)
      const [call] = fc.sample(callOf(operation), { seed, numRuns: 1 })
      if (call === undefined) throw new TypeError('no call')
      const response = await town.ask(call, { hasToken: false })
      expect([response.status, await response.json()]).toEqual([
        401,
        { code: -1, message: 'Unauthorized', response: null },
      ])
    })
  }
})

async function judge(call: Call, response: Response) {
  const { status } = response
  const body: unknown = await response.json()
  const code = isRecord(body) ? body['code'] : undefined
  const isSuccess = code === 0
  const judgeOfCall = isSuccess ? judges.get(nameOf(call)) : judgeOfRefusals
  const fault = faultOf(judgeOfCall, body) ?? faultOfStatus(status, code)
  return { status, fault, isSuccess }
}

function faultOf(judgeOfCall: ValidateFunction | undefined, body: unknown): unknown {
  if (judgeOfCall === undefined) return 'nobody judges this operation'
  return judgeOfCall(body) ? null : judgeOfCall.errors
}

function faultOfStatus(status: number, code: unknown): unknown {
  if (status === 200 || (status === 207 && code === 0)) return null
  if (code === 0) return 'a success must be 200, or 207 in part'
  return (status >= 400 && status < 500) || isPgRefusal(status, code) ? null : 'unexpected status'
}
