import type { MerchantUid } from '@quayside/core'
import type { Dialect } from '../../dialect.ts'
import type { Scalar, Statement } from '../../driver.ts'
import type { OrderChange } from '../../order-change.ts'

/** A transaction and the statements of it whose outcome matters; the last one reads the order. */
export interface OrderTransaction {
  readonly statements: readonly Statement[]
  /** Hits if the transaction changed what it is about. */
  readonly change: Statement
  /** What its event reports; null without an event of the order. */
  readonly event: OrderChange | null
}

/** Returns the guards that this database needs, each after the one before. */
export function guardStatements(
  ...texts: readonly (readonly [string | null, readonly Scalar[]])[]
): readonly Statement[] {
  return texts.reduce<readonly Statement[]>((guards, [text, values]) => {
    return text === null ? guards : [...guards, guarded(guards, { text, values })]
  }, [])
}

/** The statement, which waits for the last guard. */
export function guarded(guards: readonly Statement[], statement: Statement): Statement {
  const last = guards.at(-1)
  return last === undefined ? statement : { ...statement, after: last }
}

/** The guards, the change and its effects as one transaction, which reads the order at its end. */
export function toOrderTransaction(
  dialect: Dialect,
  merchantUid: MerchantUid,
  guards: readonly Statement[],
  change: Statement,
  effects: readonly Statement[],
  event: OrderChange | null = null,
): OrderTransaction {
  const read = { text: dialect.orders.select, values: [merchantUid] }
  return { statements: [...guards, change, ...effects, read], change, event }
}
