import { readCells } from '../../../packages/core/fixtures/decisions.ts'
import { vectors } from '../../../packages/core/fixtures/vectors.ts'
import { decide } from '../../../packages/core/src/index.ts'
import type { Case } from '../report.ts'

/** Every vector that is read, and every pair of a payment and an order that is decided. */
export const core: readonly Case[] = [
  ...vectors.map(({ name, read, reading }) => ({ name, given: read, expected: reading })),
  ...readCells().map(({ name, order, payment, decision }) => ({
    name,
    given: () => decide(payment, order),
    expected: decision,
  })),
]
