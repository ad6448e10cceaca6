import type { ValidateFunction } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRecord } from '../scenario.ts'
import { anyCall, type Call, callOf } from './calls.ts'
import { operations } from './operations.ts'
import { createValidator, validateRefusal } from './schemas.ts'
import { createSeededSimulator } from './seeded-simulator.ts'
import { mayRefuse, maySucceed } from './statuses.ts'

const seed = 20_400_102
const callsPerSimulator = 400
const simulators = 30

const nameOf = ({ operation: { method, path } }: Call) => `${method} ${path}`
const validators = new Map(
  operations.map((operation) => [
    `${operation.method} ${operation.path}`,
    createValidator(operation),
  ]),
)

describe('twelve thousand generated calls', () => {
  it('all get a response in its documented schema, and every operation succeeds', async () => {
    const faults: unknown[] = []
    const succeeded = new Set<string>()
    let successes = 0
    for (let number = 0; number < simulators; number++) {
      const simulator = await createSeededSimulator(number)
      for (const call of fc.sample(anyCall(), {
        seed: seed + number,
        numRuns: callsPerSimulator,
      })) {
        const { status, fault, isSuccess } = await check(call, await simulator.send(call))
        if (fault !== null)
          faults.push({ call: nameOf(call), path: call.path, body: call.body, status, fault })
        if (!isSuccess) continue
        succeeded.add(nameOf(call))
        successes++
      }
    }
    expect(faults.slice(0, 12)).toEqual([])
    // Refusals alone would test little of the schemas.
    expect(successes).toBeGreaterThan(3000)
    expect([...validators.keys()].filter((name) => !succeeded.has(name))).toEqual([])
  })
})

describe('the check of these responses', () => {
  for (const fault of ['missing_field', 'amount_as_string', 'amount_null', 'null_response']) {
    it(`notices ${fault}`, async () => {
      const simulator = await createSeededSimulator(1)
      const operation = operations.find(({ path }) => path === '/payments/{imp_uid}')
      if (operation === undefined) throw new TypeError('no such operation')
      const path = '/payments/imp_paid'
      const call = { operation, path, body: null, contentType: 'application/json' }
      const valid = await check(call, await simulator.send(call))
      await simulator.injectFault(fault)
      const faulty = await check(call, await simulator.send(call))
      expect([valid.fault === null, faulty.fault === null]).toEqual([true, false])
    })
  }
})

describe('an internal error of the simulator', () => {
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
    const simulator = await createSeededSimulator(1)
    const valid = await check(call, await simulator.send(call))
    simulator.exhaustIds()
    const again = { ...call, body: body.replace('order-crash', 'order-crash-again') }
    const crashed = await check(again, await simulator.send(again))
    expect([valid.fault, crashed.fault]).toEqual([
      null,
      'internal error of the simulator: RangeError',
    ])
  })
})

describe('without a token', () => {
  for (const operation of operations.filter(({ path }) => path !== '/users/getToken')) {
    it(`refuses ${operation.method} ${operation.path}`, async () => {
      const simulator = await createSeededSimulator(1)
      const [call] = fc.sample(callOf(operation), { seed, numRuns: 1 })
      if (call === undefined) throw new TypeError('no call')
      const response = await simulator.send(call, { hasToken: false })
      expect([response.status, await response.json()]).toEqual([
        401,
        { code: -1, message: 'Unauthorized', response: null },
      ])
    })
  }
})

async function check(call: Call, response: Response) {
  const { status, headers } = response
  const body: unknown = await response.json()
  const code = isRecord(body) ? body['code'] : undefined
  const isSuccess = code === 0
  const validate = isSuccess ? validators.get(nameOf(call)) : validateRefusal
  const fault =
    faultOf(validate, body) ?? faultOfStatus(nameOf(call), status, code) ?? internalErrorIn(headers)
  return { status, fault, isSuccess }
}

function faultOf(validate: ValidateFunction | undefined, body: unknown): unknown {
  if (validate === undefined) return 'no validator for this operation'
  return validate(body) ? null : validate.errors
}

function faultOfStatus(operation: string, status: number, code: unknown): unknown {
  if (code === 0) return maySucceed(operation, status) ? null : 'not a status of a success'
  if (!mayRefuse(operation, status)) return 'not a status of a refusal by this operation'
  // By the description a 500 comes from the PG, a 501 means that the PG does not support the operation.
  const codeOfStatus: Readonly<Record<number, number>> = { 500: -1, 501: 1 }
  return [undefined, code].includes(codeOfStatus[status])
    ? null
    : 'the code does not match the status'
}

function internalErrorIn(headers: Headers): unknown {
  const error = headers.get('simulator-internal-error')
  return error === null ? null : `internal error of the simulator: ${error}`
}
