// node packages/rules/orders.generate.ts > packages/rules/src/channels/orders.ts, then npm run format
import { channels } from './src/channels/all.ts'
import { toOrderRules } from './src/order-rules.ts'

const entries = Object.values(channels)
  .map(toOrderRules)
  .filter(({ rules, methods, currencies }) => rules.length > 0 || methods !== null || currencies)
  .map((rules) => `  ${rules.pg}: ${JSON.stringify(rules)},\n`)
process.stdout.write(`import type { OrderRules } from '../order-rules.ts'

/** What of each PG's rules concerns an order: made by orders.generate.ts from the tables beside it. */
export const orderRules: Readonly<Record<string, OrderRules>> = {
${entries.join('')}}
`)
