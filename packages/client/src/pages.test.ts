import { describe, expect, it } from 'vitest'
import { envelope, json, paid, stage, type Turn } from '../test/scripted-client.ts'
import { type Answer, customers, pages, payments } from './index.ts'

const page = (next: number, ...ids: readonly string[]): Turn =>
  envelope({
    total: 3,
    previous: 0,
    next,
    list: ids.map((imp_uid) => ({ ...paid, imp_uid })),
  })
const plan = (merchant_uid: string) => ({ merchant_uid })
const asked = { customer_uid: 'user-1', from: 1, to: 2 }
const pastTheEnd = json({ code: 1, message: '존재하지 않는 페이지입니다.', response: null }, 400)

async function all<T>(list: AsyncIterable<Answer<T>>): Promise<readonly Answer<T>[]> {
  const answers: Answer<T>[] = []
  for await (const answer of list) answers.push(answer)
  return answers
}

describe('pages()', () => {
  it('gives every page of a list in order, and asks for each once', async () => {
    const { client, clock, calls } = stage([page(2, 'a', 'b'), page(0, 'c')])
    const params = { payment_status: 'paid', limit: 2 } as const
    const answers = await clock.until(all(pages(client, payments.byStatus, params)))
    const ids = answers.map((answer) => answer.ok && answer.value.map(({ imp_uid }) => imp_uid))
    expect(ids).toEqual([['a', 'b'], ['c']])
    expect(calls().map(({ path }) => path)).toEqual([
      '/payments/status/paid?page=1&limit=2',
      '/payments/status/paid?page=2&limit=2',
    ])
  })

  it('asks for no page that nobody waits for', async () => {
    const { client, clock, calls } = stage([page(2, 'a')])
    const first = async () => {
      for await (const answer of pages(client, payments.byStatus, { payment_status: 'all' })) {
        return answer
      }
      return null
    }
    expect((await clock.until(first()))?.ok).toBe(true)
    expect(calls().length).toBe(1)
  })

  it('begins where it is told to', async () => {
    const { client, clock, calls } = stage([page(0, 'c')])
    await clock.until(all(pages(client, payments.findAll, { merchant_uid: 'A', page: 7 })))
    expect(calls().map(({ path }) => path)).toEqual(['/payments/findAll/A?page=7'])
  })

  it('ends with the failure of a page', async () => {
    const { client, clock } = stage([page(2, 'a'), pastTheEnd])
    const params = { payment_status: 'paid' } as const
    const answers = await clock.until(all(pages(client, payments.byStatus, params)))
    expect(answers.slice(1)).toEqual([
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

  it('reads a list that comes without page numbers until nothing more comes', async () => {
    const { client, clock, calls } = stage([
      envelope([plan('A')]),
      envelope([plan('B')]),
      envelope([]),
    ])
    expect(await clock.until(all(pages(client, customers.schedules, asked)))).toEqual([
      { ok: true, value: [plan('A')], partial: false },
      { ok: true, value: [plan('B')], partial: false },
    ])
    expect(calls().length).toBe(3)
  })

  it('does not go round in circles where the provider does not count pages', async () => {
    const { client, clock, calls } = stage([envelope([plan('A')])])
    expect(await clock.until(all(pages(client, customers.schedules, asked)))).toEqual([
      { ok: true, value: [plan('A')], partial: false },
    ])
    expect(calls().length).toBe(2)
  })
})
