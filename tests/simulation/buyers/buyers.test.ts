import { describe, expect, inject, it } from 'vitest'
import { printCount } from '../report/print-count.ts'
import { runBuyers } from './buyers.ts'

describe('buyers whose money is there', () => {
  const buyers = inject('cases').buyers
  const since = performance.now()
  const results = runBuyers(0, buyers)

  it('T79: are never told to pay again, whatever their browser sends', async () => {
    const { known } = await results
    printCount('buyers who return after they paid', buyers, since)
    expect(known).toEqual([])
  })

  it('T79: are never told to pay again because of another attempt, while no message has reported the payment', async () => {
    expect((await results).unheard).toEqual([])
  })

  it('replays a seed to the same answers', async () => {
    expect(await runBuyers(0, 50)).toEqual(await runBuyers(0, 50))
  })
})
