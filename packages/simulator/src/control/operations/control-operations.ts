import { ofAccount } from './account-operations.ts'
import type { ControlOperation } from './control-operation.ts'
import { ofNaver, ofPayments, ofScenarios } from './payment-operations.ts'
import { ofBilling, ofRecords } from './record-operations.ts'
import { ofClock, ofFaults, ofSimulator } from './simulator-operations.ts'
import { ofWebhooks } from './webhook-operations.ts'

/** Every operation of the control API, as data: its index and its OpenAPI description are made of it. */
export const controlOperations: readonly ControlOperation[] = [
  ...ofSimulator,
  ...ofScenarios,
  ...ofPayments,
  ...ofRecords,
  ...ofBilling,
  ...ofNaver,
  ...ofAccount,
  ...ofClock,
  ...ofWebhooks,
  ...ofFaults,
]
