import type { Ground } from '../context.ts'
import { type Errand, makeErrand, toCreation, toErrandRequest } from './merchant-requests.ts'
import type { Wanted } from './worker-workload.ts'

/** The errands of the merchant's server. */
export interface Counter {
  /** How many orders are still to be created. */
  readonly unopened: number
  open(): void
  /** Asks for something that the seed makes up. */
  ask(): void
}

/** Opens the counter at which the merchant's server asks. `surprise` is told of what is never to be answered. */
export function openCounter(ground: Ground, surprise: (what: string) => void): Counter {
  const { story, given, chance, count, fold, tell } = ground
  const unopened: Wanted[] = [...story.orders]

  const ask = (errand: Errand, onEnd: (code: number) => void): void => {
    const { name, partOf } = errand
    if (partOf !== null) given.parts.set(partOf, (given.parts.get(partOf) ?? 0) + 1)
    ground.begin(
      name,
      async ({ worker }) => {
        const response = await worker.app.fetch(toErrandRequest(errand))
        const text = await response.text()
        given.texts.push(text)
        const { status } = response
        count(`answer ${errand.kind} ${status}`)
        fold(status)
        tell(`${name} | is answered | ${status}`)
        if (status === 500) surprise(`${name} was answered 500`)
        if (errand.path.endsWith('/cancel') && status === 200) noteCancelled(text)
        onEnd(status)
      },
      () => onEnd(0),
    )
  }

  const noteCancelled = (text: string): void => {
    const { merchant_uid, cancelled_amount }: { merchant_uid: string; cancelled_amount: number } =
      JSON.parse(text)
    const before = given.cancelled.get(merchant_uid) ?? 0
    given.cancelled.set(merchant_uid, Math.max(before, cancelled_amount))
  }

  return {
    get unopened() {
      return unopened.length
    },
    open() {
      const order = unopened.shift()
      if (order === undefined) return
      ask(toCreation(order), (code) => {
        if (code === 0 || code >= 500) unopened.push(order)
      })
    },
    ask: () => ask(makeErrand(chance, story.orders), () => undefined),
  }
}
