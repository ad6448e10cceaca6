import { type MemoryStore, parseMerchantUid, parseMoney } from '@quayside/core'

/** Opens the orders that the requests of the test are about: ORDER-1 to ORDER-40, of 1,000 won each. */
export function openOrders(store: MemoryStore): MemoryStore {
  const amount = parseMoney(1000, 'KRW')
  for (let number = 1; number <= 40; number++) {
    const merchantUid = parseMerchantUid(`ORDER-${number}`)
    if (merchantUid.ok && amount.ok) {
      store.open({ merchantUid: merchantUid.value, amount: amount.value, allowances: [] })
    }
  }
  return store
}
