import { fail, type Result } from '../../values/result.ts'
import type {
  Subscription,
  SubscriptionEvent,
  SubscriptionState,
  SubscriptionStatus,
  SubscriptionWrite,
} from '../state/subscription.ts'
import { toWrite } from './decide-subscription.ts'

/** Why a command was refused. Nothing changed. */
export type SubscriptionFailure =
  /** A subscription of this status does not know the command. */
  | { readonly reason: 'status_unsuitable'; readonly status: SubscriptionStatus }
  /** The new plan has another currency. */
  | { readonly reason: 'plan_currency_differs' }
  /** Only plans with the same period, anchor and hour replace each other within a period. */
  | { readonly reason: 'plan_period_differs' }
  /** The open period is due: its charge has been made or is being made with the old plan. */
  | { readonly reason: 'charge_in_progress' }
  /** No paid attempt of this period is known. */
  | { readonly reason: 'period_not_charged'; readonly period: number }
  | { readonly reason: 'no_billing_key' }

/** The write of a command that succeeded, with its event. */
export function writeCommand(
  state: SubscriptionState,
  kind: SubscriptionEvent['kind'],
  fields: Partial<Subscription>,
  now: number,
): SubscriptionWrite {
  const { period } = state.subscription
  return toWrite(state, { fields, events: [{ kind, merchantUid: null, period }] }, now)
}

/** The failure of a command that the status of the subscription does not know. */
export function unsuitable({
  status,
}: Subscription): Result<SubscriptionWrite, SubscriptionFailure> {
  return fail({ reason: 'status_unsuitable', status })
}
