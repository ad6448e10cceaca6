import { z } from 'zod'
import { findPlan, type Plan, plans } from '../catalog/plans.ts'
import { toWireAmount } from '../catalog/price.ts'
import type { Language } from '../locales/language.ts'
import {
  callWorker,
  type WorkerConfig,
  type WorkerDeps,
  type WorkerFailure,
  type WorkerRequest,
} from './call-worker.ts'

/** What a browser may request: a plan and a PG, and no price. */
const cardRequest = z.object({
  plan: z.string(),
  pg: z.enum(['html5_inicis', 'tosspayments']),
})

const begunKey = z.object({
  customer_uid: z.string().min(1),
  registration_id: z.string().min(1),
  window: z.record(z.string(), z.unknown()),
})

const key = z.object({
  customer_uid: z.string(),
  customer_id: z.string(),
  status: z.string(),
  card_name: z.string().nullable(),
  fail_reason: z.string().nullable(),
})

const subscription = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  plan: z.object({ amount: z.number(), currency: z.string() }),
  paid_through: z.string().nullable(),
  cancel_at: z.string().nullable(),
  next_at: z.string().nullable(),
  created_at: z.string(),
})

const attempt = z.object({
  merchant_uid: z.string(),
  period: z.number(),
  amount: z.number(),
  currency: z.string(),
  state: z.string(),
  fail_reason: z.string().nullable(),
  paid_at: z.string().nullable(),
})

const keyPage = z.object({ billing_keys: z.array(key) })
const subscriptionPage = z.object({ subscriptions: z.array(subscription) })
const attemptPage = z.object({ attempts: z.array(attempt) })
const upcomingPage = z.object({
  upcoming: z.array(
    z.object({ period: z.number(), due_at: z.string(), amount: z.number(), currency: z.string() }),
  ),
})

/** Why a subscription is not what the visitor wanted. */
export type SubscriptionFailure =
  | WorkerFailure
  | { readonly reason: 'order_malformed' }
  | { readonly reason: 'product_unknown' }
  | { readonly reason: 'subscription_unknown' }
  /** The card was not registered. The PG's text is shown to the visitor. */
  | { readonly reason: 'card_refused'; readonly text: string | null }

export type SubscriptionResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: SubscriptionFailure }

/** How the page opens the window that registers a card. */
export type BegunCard = z.infer<typeof begunKey>

/** A subscription as its page shows it; null where the visitor has none. */
export interface SubscriptionView {
  readonly subscription: z.infer<typeof subscription> | null
  readonly card: string | null
  readonly attempts: readonly z.infer<typeof attempt>[]
  readonly upcoming: readonly z.infer<typeof upcomingPage>['upcoming'][number][]
}

/** The page of a visitor without a subscription. */
export const noSubscription: SubscriptionView = {
  subscription: null,
  card: null,
  attempts: [],
  upcoming: [],
}

/** The subscription of a visitor. The payment server knows everything about it: here nothing is kept. */
export interface Subscriptions {
  /** Begins to register a card; it takes the place of the one that is charged now. */
  beginCard(
    visitor: string,
    body: unknown,
    language: Language,
  ): Promise<SubscriptionResult<BegunCard>>
  /**
   * Subscribes once the card is registered, or charges what is open on it. It may be repeated: a card begins one
   * subscription. `pending` while the window has no result.
   */
  finishCard(
    visitor: string,
    customerUid: string,
    language: Language,
  ): Promise<SubscriptionResult<'pending' | 'done'>>
  read(visitor: string): Promise<SubscriptionResult<SubscriptionView>>
  /** Ends the subscription with the month that is paid. */
  cancel(visitor: string): Promise<SubscriptionResult<null>>
}

/** A subscription that is over does not stand in the way of another. */
const over = ['cancelled', 'ended']

/** How many charges the page shows. */
const shownAttempts = 24
const shownUpcoming = 3

export function createSubscriptions(config: WorkerConfig, deps: WorkerDeps): Subscriptions {
  const ask = async <T>(
    path: string,
    schema: z.ZodType<T>,
    request: WorkerRequest = { method: 'GET' },
  ): Promise<SubscriptionResult<T>> => {
    const response = await callWorker(path, request, config, deps)
    if (!response.ok) return response
    const read = schema.safeParse(response.body)
    return read.success
      ? { ok: true, value: read.data }
      : refuse({ reason: 'worker_response_unexpected' })
  }
  const post = <T>(path: string, schema: z.ZodType<T>, body: object) =>
    ask(path, schema, { method: 'POST', body: JSON.stringify(body) })

  const chargedKey = async (visitor: string) => {
    const path = `/customers/${encodeURIComponent(visitor)}/billing-keys`
    const page = await ask(path, keyPage)
    if (!page.ok) return page
    return ok(page.value.billing_keys.find(({ status }) => status === 'registered') ?? null)
  }

  /** The newest one that is not over, else the newest of all. */
  const latest = async (visitor: string) => {
    const query = new URLSearchParams({ customer_id: visitor, limit: '100' })
    const page = await ask(`/subscriptions?${query}`, subscriptionPage)
    if (!page.ok) return page
    const newest = page.value.subscriptions.toSorted((a, b) =>
      b.created_at.localeCompare(a.created_at),
    )
    return ok(newest.find(({ status }) => !over.includes(status)) ?? newest[0] ?? null)
  }

  return {
    beginCard: async (visitor, body, language) => {
      const read = cardRequest.safeParse(body)
      if (!read.success) return refuse({ reason: 'order_malformed' })
      const plan = findPlan(read.data.plan)
      if (plan === null) return refuse({ reason: 'product_unknown' })
      const present = await chargedKey(visitor)
      if (!present.ok) return present
      return post('/billing-keys', begunKey, {
        customer_id: visitor,
        pg: read.data.pg,
        pay_method: 'card',
        amount: toWireAmount(plan.price),
        currency: plan.price.currency,
        name: plan.name[language],
        ...(present.value === null ? {} : { replaces: present.value.customer_uid }),
      })
    },

    finishCard: async (visitor, customerUid, language) => {
      const found = await ask(`/billing-keys/${encodeURIComponent(customerUid)}`, key)
      if (!found.ok)
        return isUnknown(found.failure) ? refuse({ reason: 'subscription_unknown' }) : found
      const { customer_id, status, fail_reason } = found.value
      // Whoever guesses a key must not subscribe with it.
      if (customer_id !== visitor) return refuse({ reason: 'subscription_unknown' })
      if (status === 'pending') return ok('pending' as const)
      if (status !== 'registered') return refuse({ reason: 'card_refused', text: fail_reason })
      const current = await latest(visitor)
      if (!current.ok) return current
      if (current.value !== null && !over.includes(current.value.status)) {
        return current.value.status === 'past_due'
          ? chargeOpenMonth(current.value.id)
          : ok('done' as const)
      }
      // The only one on offer.
      const [plan] = plans
      if (plan === undefined) return refuse({ reason: 'product_unknown' })
      const created = await post('/subscriptions', subscription, {
        // Repeated, it is the same subscription.
        id: customerUid.slice(0, 24),
        customer_id: visitor,
        name: plan.name[language],
        plan: toMonthly(plan),
      })
      return created.ok ? ok('done' as const) : created
    },

    read: async (visitor) => {
      const [current, card] = await Promise.all([latest(visitor), chargedKey(visitor)])
      if (!current.ok) return current
      if (!card.ok) return card
      const { value } = current
      if (value === null) return ok(noSubscription)
      const path = `/subscriptions/${encodeURIComponent(value.id)}`
      const [attempts, upcoming] = await Promise.all([
        ask(`${path}/attempts?limit=${shownAttempts}`, attemptPage),
        ask(`${path}/upcoming?limit=${shownUpcoming}`, upcomingPage),
      ])
      if (!attempts.ok) return attempts
      if (!upcoming.ok) return upcoming
      return ok({
        subscription: value,
        card: card.value?.card_name ?? null,
        ...attempts.value,
        ...upcoming.value,
      })
    },

    cancel: async (visitor) => {
      const current = await latest(visitor)
      if (!current.ok) return current
      if (current.value === null) return refuse({ reason: 'subscription_unknown' })
      const path = `/subscriptions/${encodeURIComponent(current.value.id)}/cancel`
      const cancelled = await post(path, subscription, { at: 'period_end' })
      return cancelled.ok ? ok(null) : cancelled
    },
  }

  // A charge under way is not an error: its result is read by the page.
  async function chargeOpenMonth(id: string): Promise<SubscriptionResult<'done'>> {
    const charged = await post(
      `/subscriptions/${encodeURIComponent(id)}/charge-now`,
      subscription,
      {},
    )
    const isUnderWay = !charged.ok && charged.failure.reason === 'worker_refused'
    return charged.ok || isUnderWay ? ok('done') : charged
  }
}

/** A month from today on, charged at noon: a failed charge is tried again after a day, three and five. */
function toMonthly({ price }: Plan) {
  return {
    amount: toWireAmount(price),
    currency: price.currency,
    period: { unit: 'month', count: 1 },
    hour: 12,
  }
}

function isUnknown({ reason }: SubscriptionFailure): boolean {
  return reason === 'order_unknown' || reason === 'worker_refused'
}

function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

function refuse(failure: SubscriptionFailure) {
  return { ok: false, failure } as const
}
