import { z } from 'zod'
import {
  callWorker,
  type WorkerConfig,
  type WorkerDeps,
  type WorkerFailure,
} from './call-worker.ts'

/** How old a visitor is shown to be: as the page shows it. */
export type AgeCheckStatus = 'none' | 'pending' | 'verified' | 'too_young' | 'refused'

/** What the browser passes to `IMP.certification`. */
export interface StartedAgeCheck {
  readonly id: string
  readonly certification: Readonly<Record<string, unknown>>
}

/** Why there is no age check, or no proof of an age. */
export type AgeFailure = WorkerFailure | { readonly reason: 'age_unproven' }

type AgeResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: AgeFailure }

/** The age checks of the visitors. A check is of one visitor, and is good for one order. */
export interface AgeChecks {
  /** Requests an identity verification, or returns the one that the visitor has not finished. */
  start(visitor: string, minimumAge: number): Promise<AgeResult<StartedAgeCheck>>
  read(visitor: string, minimumAge: number): Promise<AgeResult<AgeCheckStatus>>
  /** Uses the visitor's check up. Returns the number of the only order that it is good for. */
  prove(visitor: string, minimumAge: number): Promise<AgeResult<string>>
  /** Forgets the visitor's check: its order exists. */
  end(visitor: string): void
}

interface AgeCheck extends StartedAgeCheck {
  readonly minimumAge: number
  readonly orderUid: string
}

const created = z.object({
  id: z.string().min(1),
  certification: z.record(z.string(), z.unknown()),
})

const stored = z.object({
  status: z.enum(['pending', 'verified', 'refused']),
  reason: z.string().nullable(),
})

const purpose = 'alcohol'

/**
 * Keeps in memory which verification is whose, which is enough for a demo. What came of it only the payment server knows.
 * Above `max` visitors the oldest is dropped.
 */
export function createAgeChecks(
  max: number,
  config: WorkerConfig,
  { fetch, newId }: WorkerDeps & { readonly newId: () => string },
): AgeChecks {
  const checks = new Map<string, AgeCheck>()
  const find = (visitor: string, minimumAge: number) => {
    const check = checks.get(visitor)
    return check?.minimumAge === minimumAge ? check : undefined
  }
  const read = async (visitor: string, minimumAge: number): Promise<AgeResult<AgeCheckStatus>> => {
    const check = find(visitor, minimumAge)
    if (check === undefined) return { ok: true, value: 'none' }
    const response = await callWorker(pathOf(check), { method: 'GET' }, config, { fetch })
    if (!response.ok) {
      const isGone = response.failure.reason === 'order_unknown'
      return isGone ? { ok: true, value: 'none' } : response
    }
    const record = stored.safeParse(response.body)
    if (!record.success) return refuse({ reason: 'worker_response_unexpected' })
    const { status, reason } = record.data
    const isTooYoung = status === 'refused' && reason === 'age_below_minimum'
    return { ok: true, value: isTooYoung ? 'too_young' : status }
  }

  return {
    read,
    start: async (visitor, minimumAge) => {
      const known = await read(visitor, minimumAge)
      const open = find(visitor, minimumAge)
      if (known.ok && known.value === 'pending' && open !== undefined) return toStarted(open)
      const request = {
        customer_id: visitor,
        purpose,
        minimum_age: minimumAge,
        pg: 'danal',
        delete_record: true,
      }
      const init = { method: 'POST', body: JSON.stringify(request) } as const
      const response = await callWorker('/identity-verifications', init, config, { fetch })
      if (!response.ok) return response
      const record = created.safeParse(response.body)
      if (!record.success) return refuse({ reason: 'worker_response_unexpected' })
      const check = { ...record.data, minimumAge, orderUid: `ongi-${newId()}` }
      checks.delete(visitor)
      checks.set(visitor, check)
      const [oldest] = checks.keys()
      if (checks.size > max && oldest !== undefined) checks.delete(oldest)
      return toStarted(check)
    },
    prove: async (visitor, minimumAge) => {
      const check = find(visitor, minimumAge)
      if (check === undefined) return refuse({ reason: 'age_unproven' })
      const { orderUid } = check
      const use = { purpose, customer_id: visitor, reference: orderUid }
      const init = { method: 'POST', body: JSON.stringify(use) } as const
      const used = await callWorker(`${pathOf(check)}/use`, init, config, { fetch })
      if (used.ok) return { ok: true, value: orderUid }
      const { reason } = used.failure
      const isUnproven = reason === 'worker_refused' || reason === 'order_unknown'
      return isUnproven ? refuse({ reason: 'age_unproven' }) : used
    },
    end: (visitor) => {
      checks.delete(visitor)
    },
  }
}

function pathOf({ id }: AgeCheck): string {
  return `/identity-verifications/${encodeURIComponent(id)}`
}

function toStarted({ id, certification }: AgeCheck): AgeResult<StartedAgeCheck> {
  return { ok: true, value: { id, certification } }
}

function refuse(failure: AgeFailure): { readonly ok: false; readonly failure: AgeFailure } {
  return { ok: false, failure }
}
