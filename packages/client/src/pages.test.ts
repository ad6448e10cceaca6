import { describe, expect, it } from 'vitest'
import {
  createScriptedClient,
  envelope,
  json,
  paid,
  type ScriptedResponse,
} from '../test/scripted-client.ts'
import { type CallResult, customers, pages, payments } from './index.ts'

const page = (next: number, ...ids: readonly string[]): ScriptedResponse =>
  envelope({
    total: 3,
    previous: 0,
    next,
    list: ids.map((imp_uid) => ({ ...paid, imp_uid })),
  })
const schedule = (merchant_uid: string) => ({ merchant_uid })
const period = { customer_uid: 'user-1', from: 1, to: 2 }
const pastTheEnd = json({ code: 1, message: '존재하지 않는 페이지입니다.', response: null }, 400)

async function collect<T>(list: AsyncIterable<CallResult<T>>): Promise<readonly CallResult<T>[]> {
  const results: CallResult<T>[] = []
  for await (const result of list) results.push(result)
  return results
}

describe('pages()', () => {
  it('returns every page of a list in order, and requests each once', async () => {
    const { client, clock, calls } = createScriptedClient([page(2, 'a', 'b'), page(0, 'c')])
    const params = { payment_status: 'paid', limit: 2 } as const
    const results = await clock.until(collect(pages(client, payments.byStatus, params)))
    const ids = results.map((result) => result.ok && result.value.map(({ imp_uid }) => imp_uid))
    expect(ids).toEqual([['a', 'b'], ['c']])
    expect(calls().map(({ path }) => path)).toEqual([
      '/payments/status/paid?page=1&limit=2',
      '/payments/status/paid?page=2&limit=2',
    ])
  })

  it('requests no page after the loop was left', async () => {
    const { client, clock, calls } = createScriptedClient([page(2, 'a')])
    const first = async () => {
      for await (const result of pages(client, payments.byStatus, { payment_status: 'all' })) {
        return result
      }
      return null
    }
    expect((await clock.until(first()))?.ok).toBe(true)
    expect(calls().length).toBe(1)
  })

  it('starts at the given page', async () => {
    const { client, clock, calls } = createScriptedClient([page(0, 'c')])
    await clock.until(collect(pages(client, payments.findAll, { merchant_uid: 'A', page: 7 })))
    expect(calls().map(({ path }) => path)).toEqual(['/payments/findAll/A?page=7'])
  })

  it('ends with the failure of a page', async () => {
    const { client, clock } = createScriptedClient([page(2, 'a'), pastTheEnd])
    const params = { payment_status: 'paid' } as const
    const results = await clock.until(collect(pages(client, payments.byStatus, params)))
    expect(results.slice(1)).toEqual([
      {
        ok: false,
        failure: {
          reason: 'refused',
          httpStatus: 400,
          code: 1,
          message: '존재하지 않는 페이지입니다.',
        },
      },
    ])
  })

  it('reads a list without page numbers until a page is empty', async () => {
    const { client, clock, calls } = createScriptedClient([
      envelope([schedule('A')]),
      envelope([schedule('B')]),
      envelope([]),
    ])
    expect(await clock.until(collect(pages(client, customers.schedules, period)))).toEqual([
      { ok: true, value: [schedule('A')], partial: false },
      { ok: true, value: [schedule('B')], partial: false },
    ])
    expect(calls().length).toBe(3)
  })

  it('ends when the provider returns the same page again', async () => {
    const { client, clock, calls } = createScriptedClient([envelope([schedule('A')])])
    expect(await clock.until(collect(pages(client, customers.schedules, period)))).toEqual([
      { ok: true, value: [schedule('A')], partial: false },
    ])
    expect(calls().length).toBe(2)
  })
})
