import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Payment } from '@quayside/core'
import { impUidGrammar, merchantUidGrammar } from './grammars.ts'
import { type CheckedRecord, toPayment } from './to-payment.ts'

interface Generated {
  readonly hasNeededMembers: (value: unknown) => value is CheckedRecord
}

// Generated when `bench/micro` is installed. It has no import of its own.
const file = resolve('bench/micro/generated/needed-members.js')
const { hasNeededMembers }: Generated = await import(pathToFileURL(file).href)

/** Parses a record by what typia has generated; null when it is malformed. The expressions are compiled once, unlike those of its tags. */
export function parseByTypia(value: unknown): Payment | null {
  return hasNeededMembers(value) &&
    impUidGrammar.test(value.imp_uid) &&
    merchantUidGrammar.test(value.merchant_uid)
    ? toPayment(value)
    : null
}
