import type { ValidateFunction } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRecord } from '../scenario.ts'
import { anyCall, type Call, callOf } from './calls.ts'
import { operations } from './operations.ts'
import { judgeOf, judgeOfRefusals } from './schemas.ts'
import { buildTown } from './seeded-simulator.ts'
import { mayAnswer, mayRefuse } from './statuses.ts'

const seed = 20_400_102
const callsPerTown = 400
const towns = 30

const nameOf = ({ operation: { method, path } }: Call) => `${method} ${path}`
const judges = new Map(
  operations.map((operation) => [`${operation.method} ${operation.path}`, judgeOf(operation)]),
)

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

describe('a crash of the simulator', () => {
  it('is noticed where the PG may refuse with the same status and code', async () => {
    const operation = operations.find(({ path }) => path === '/benepia/payment')
    if (operation === undefined) throw new TypeError('no such operation')
    const body = JSON.stringify({
      benepia_user: 'user-1',
      benepia_password: 'password',
      merchant_uid: 'order-crash',
      amount: 1000,
      name: '신발',
      channel_key: 'channel-key-kcp',
    })
    const call = { operation, path: operation.path, body, contentType: 'application/json' }
    const town = await buildTown(1)
    const sound = await judge(call, await town.ask(call))
    town.exhaust()
    const broken = await judge({ ...call }, await town.ask({ ...call, body: anew(body) }))
    expect([sound.fault, broken.fault]).toEqual([
      null,
      'internal error of the simulator: RangeError',
    ])
  })
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

const anew = (body: string) => body.replace('order-crash', 'order-crash-again')

async function judge(call: Call, response: Response) {
  const { status, headers } = response
  const body: unknown = await response.json()
  const code = isRecord(body) ? body['code'] : undefined
  const isSuccess = code === 0
  const judgeOfCall = isSuccess ? judges.get(nameOf(call)) : judgeOfRefusals
  const fault =
    faultOf(judgeOfCall, body) ?? faultOfStatus(nameOf(call), status, code) ?? crashIn(headers)
  return { status, fault, isSuccess }
}

function faultOf(judgeOfCall: ValidateFunction | undefined, body: unknown): unknown {
  if (judgeOfCall === undefined) return 'nobody judges this operation'
  return judgeOfCall(body) ? null : judgeOfCall.errors
}

function faultOfStatus(operation: string, status: number, code: unknown): unknown {
  if (code === 0) return mayAnswer(operation, status) ? null : 'no status of a success'
  if (!mayRefuse(operation, status)) return 'no status of a refusal by this operation'
  // A 500 is the PG's word by the description, a 501 a PG that cannot.
  const codeOfStatus: Readonly<Record<number, number>> = { 500: -1, 501: 1 }
  return [undefined, code].includes(codeOfStatus[status]) ? null : 'another code than its status'
}

function crashIn(headers: Headers): unknown {
  const crash = headers.get('simulator-internal-error')
  return crash === null ? null : `internal error of the simulator: ${crash}`
}
