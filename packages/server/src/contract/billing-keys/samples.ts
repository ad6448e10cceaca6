import type { Mode, Payee } from '@quayside/core'
import type { BillingKey, NewBillingKey, Store } from '../../index.ts'
import { merchantUid, money, take } from '../samples.ts'

export const firstPollMs = 30_000
const length = 22

const toId = (name: string): string => name.padStart(length, '0')

export function toNew(name: string, changes: Partial<NewBillingKey> = {}): NewBillingKey {
  return {
    registrationId: merchantUid(`billingkey${toId(name)}`),
    customerUid: `ck${toId(name)}`,
    customerId: 'member/1',
    mode: 'test',
    requested: {
      method: 'window',
      pg: 'html5_inicis.shopbill',
      channelKey: null,
      payMethod: 'card',
      amount: money(9900),
      name: '월 구독',
    },
    orderUid: null,
    replaces: null,
    ...changes,
  }
}

export const means = {
  pgProvider: 'html5_inicis',
  pgId: 'shopbill',
  cardName: '현대카드',
  cardCode: '367',
  cardType: 'credit',
} as const

export const create = async (store: Store, name: string, changes: Partial<NewBillingKey> = {}) =>
  take(await store.billingKeys.create(toNew(name, changes)))
export const register = async (
  store: Store,
  key: BillingKey,
  changes: Partial<BillingKey> = {},
) => {
  const at = key.createdAt
  const change = {
    state: 'registered',
    means,
    registeredAt: at,
    dueAt: null,
    ...changes,
  } as const
  const changed = await store.billingKeys.change(key, change, 'billing_key.registered')
  return take(changed).key
}
export const usable = async (
  store: Store,
  customerId: string,
  mode: Mode = 'test',
  payee?: Payee,
) => take(await store.billingKeys.usableKeys(customerId, mode, payee))
