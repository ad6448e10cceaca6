// The settings of billing keys, and of the console's recovery of failed schedules.
import type { SimulatorContext } from '../../context.ts'
import { type BillingKey, withBehaviour } from '../../domain/billing/billing-key.ts'
import type { BillingSettings } from '../../domain/billing/issue-window.ts'
import { laterBehaviours } from '../../domain/billing/test-values.ts'
import type { Params } from '../../runtime/params.ts'
import { createFieldReader, type InvalidField, type ReadResult } from '../field-reader.ts'
import { planRecovery } from './run-schedule.ts'

const keyWebhookChoices = ['every_pg', 'documented'] as const
const keyAmountChoices = ['zero', 'displayed'] as const
const recoveryHours = ['off', ...Array.from({ length: 23 }, (_, index) => String(index + 1))]

/** Changes the named settings; returns the first invalid one, without a change, or null. */
export function updateBillingSettings(
  context: SimulatorContext,
  params: Params,
): InvalidField | null {
  const { billing, state } = context
  const fields = createFieldReader(params)
  fields.allowOnly(['key_webhooks', 'key_amounts', 'recovery_hour'])
  const keyWebhooks = fields.oneOf('key_webhooks', keyWebhookChoices, billing.keyWebhooks)
  const keyAmounts = fields.oneOf('key_amounts', keyAmountChoices, billing.keyAmounts)
  const hour = fields.oneOf('recovery_hour', recoveryHours, String(billing.recoveryHour ?? 'off'))
  const failure = fields.failure()
  if (failure !== null) return failure
  const recoveryHour = hour === 'off' ? null : Number(hour)
  const isChanged = recoveryHour !== billing.recoveryHour
  Object.assign(billing, { keyWebhooks, keyAmounts, recoveryHour })
  if (isChanged) for (const schedule of state.schedules.values()) planRecovery(context, schedule)
  return null
}

/** The settings in the control API's JSON. */
export function serializeBillingSettings(settings: BillingSettings) {
  const { keyWebhooks, keyAmounts, recoveryHour } = settings
  return {
    key_webhooks: keyWebhooks,
    key_amounts: keyAmounts,
    recovery_hour: recoveryHour ?? 'off',
  }
}

/** Changes how a key's card behaves; null when there is no such key. */
export function changeCard(
  { state }: SimulatorContext,
  customerUid: string,
  params: Params,
): ReadResult<BillingKey> | null {
  const key = state.billingKeys.get(customerUid)
  if (key === undefined) return null
  const fields = createFieldReader(params)
  fields.allowOnly(['card'])
  const behaviour = fields.oneOf('card', laterBehaviours)
  const failure = fields.failure()
  if (failure !== null) return { ok: false, failure }
  const changed = withBehaviour(key, behaviour)
  state.billingKeys.set(customerUid, changed)
  return { ok: true, value: changed }
}
