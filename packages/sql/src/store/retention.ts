import { ok } from '@quayside/core'
import type { Retention } from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import type { Driver } from '../driver.ts'
import { runTwice } from '../transaction.ts'

export function createRetention(driver: Driver, { retention }: Dialect): Retention {
  const deleteRows = async (text: string, before: Date, most: number) => {
    const outcomes = await runTwice(driver, [{ text, values: [before.getTime(), most] }])
    return outcomes.ok ? ok(outcomes.value[0]?.changes ?? 0) : outcomes
  }
  return {
    deleteDeliveredEvents: (before, most) =>
      deleteRows(retention.deleteDeliveredEvents, before, most),
    deleteRefusals: (before, most) => deleteRows(retention.deleteRefusals, before, most),
  }
}
