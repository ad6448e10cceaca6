import { createClient, pages, payments } from '@quayside/client'
import type { Case } from '../report.ts'
import { openShop } from './shop.ts'

const unknown = 'imp_000000000000'

/** Calls of the REST client, with the provider's answers and with what is wrong with them. */
export const client: readonly Case[] = [
  {
    name: 'a payment is read',
    given: async () => {
      const shop = openShop()
      const found = await shop.client.call(payments.get, { imp_uid: await shop.pay() })
      return found.ok && [found.value.status, found.value.amount, found.value.merchant_uid]
    },
    expected: ['paid', 64_900, 'ORD-1'],
  },
  {
    name: 'a payment that does not exist is not found',
    given: async () => reasonOf(openShop().client.call(payments.get, { imp_uid: unknown })),
    expected: 'not_found',
  },
  {
    name: 'an id that is none is not sent',
    given: async () => reasonOf(openShop().client.call(payments.get, { imp_uid: '../x' })),
    expected: 'invalid_argument',
  },
  {
    name: 'a wrong secret is refused',
    given: async () => {
      const { fetch } = openShop().simulator
      const wrong = createClient({ key: 'simulator-key', secret: 'wrong', fetch })
      return reasonOf(wrong.call(payments.get, { imp_uid: unknown }))
    },
    expected: 'unauthorized',
  },
  {
    name: 'a key that is missing is a mistake',
    given: () => {
      try {
        return createClient({ key: '', secret: 'x' })
      } catch (cause) {
        return cause instanceof TypeError
      }
    },
    expected: true,
  },
  {
    name: 'a part is refunded once',
    given: async () => {
      const shop = openShop()
      const part = { imp_uid: await shop.pay(), amount: 900, checksum: 64_900 }
      const first = await shop.client.call(payments.cancelPart, part)
      return [
        first.ok && first.value.cancel_amount,
        await reasonOf(shop.client.call(payments.cancelPart, part)),
      ]
    },
    expected: [900, 'refused'],
  },
  {
    name: 'a list is read page by page',
    given: async () => {
      const shop = openShop()
      for (let i = 0; i < 21; i++) await shop.pay()
      const sizes: (number | string)[] = []
      const query = { payment_status: 'paid', limit: 20 } as const
      for await (const page of pages(shop.client, payments.byStatus, query))
        sizes.push(page.ok ? page.value.length : page.failure.reason)
      return sizes
    },
    expected: [20, 1],
  },
  {
    name: 'a signal that is aborted ends the call',
    given: async () => {
      const signal = AbortSignal.abort()
      return reasonOf(openShop().client.call(payments.get, { imp_uid: unknown }, { signal }))
    },
    expected: 'aborted',
  },
  {
    name: 'a connection that breaks is no answer',
    given: async () => reasonOf(calling(() => Promise.reject(new TypeError('broken')))),
    expected: 'unreachable',
  },
  {
    name: 'a page of HTML is no answer',
    given: async () =>
      reasonOf(calling(async () => new Response('<h1>Bad Gateway', { status: 502 }))),
    expected: 'server_error',
  },
]

function calling(fetch: () => Promise<Response>) {
  const broken = createClient({ key: 'K', secret: 'S', fetch })
  return broken.call(payments.get, { imp_uid: unknown })
}

type Outcome = Promise<
  { readonly ok: true } | { readonly ok: false; readonly failure: { readonly reason: string } }
>

async function reasonOf(outcome: Outcome): Promise<string> {
  const result = await outcome
  return result.ok ? 'ok' : result.failure.reason
}
