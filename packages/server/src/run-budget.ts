/** What one run of the jobs may use at most, as the runtime limits one invocation. */
export interface RunLimits {
  /** Statements of the database: each statement of a transaction counts. */
  readonly storeCalls: number
  /** Requests to the provider and to the merchant's receiver. */
  readonly requests: number
  /** Requests that are open at the same time. */
  readonly connections: number
}

/** What a unit of work may use at most. */
export type Cost = Pick<RunLimits, 'storeCalls' | 'requests'>

/** The part of a run's limits that one job may use. */
export interface Budget {
  /**
   * Takes the cost of a unit of work before it starts. When it does not fit, or the time of the run is over, nothing
   * is taken: the unit waits for the next run.
   */
  take(cost: Partial<Cost>): boolean
  /** Returns how many units fit now, at most `most`, and takes nothing. */
  countFitting(cost: Partial<Cost>, most: number): number
  /**
   * Waits until there may be more to take: what other jobs left over.
   *
   * @returns False when there will be no more in this run.
   */
  more(): Promise<boolean>
}

/** The limits of one run, shared by its jobs. */
export interface RunBudget {
  /** Reserves a share; null when it does not fit. Once it is spent, the job takes of what nobody reserved. */
  reserve(cost: Cost): Share | null
}

/** A reserved part of the limits. */
export interface Share extends Budget {
  /**
   * Adds a part, from 0 to 1, of what nobody reserved, and leaves the rest to other jobs until they have ended.
   * What they leave over can be taken then.
   */
  beside(part: number, others: Promise<unknown>): void
  /** Gives back what was reserved and not taken. */
  end(): void
}

/** No runtime limits the run. */
export const noLimits: RunLimits = {
  storeCalls: Number.POSITIVE_INFINITY,
  requests: Number.POSITIVE_INFINITY,
  connections: Number.POSITIVE_INFINITY,
}

/** More would wait at a receiver of usual size. */
const maxDeliveryConnections = 6

/** How many connections delivery uses, so that a receiver that never responds leaves the others to the lookups. */
export function deliveryConnections({ connections }: RunLimits): number {
  return Math.max(1, Math.min(maxDeliveryConnections, Math.floor(connections / 2)))
}

const none: Cost = { storeCalls: 0, requests: 0 }
/** Shorter than the leases of jobs and the minute between two runs. */
const maxRunMs = 50_000

/** A budget without an end, for a job that is run alone. */
export const unlimitedBudget: Budget = {
  take: () => true,
  countFitting: (_cost, most) => most,
  more: async () => false,
}

/** Makes the budget of one run, which begins now. */
export function createRunBudget(limits: RunLimits, now: () => Date): RunBudget {
  const endsAt = now().getTime() + maxRunMs
  let unreserved: Cost = limits

  const createShare = (cost: Cost): Share => {
    let own = cost
    let waitsFor: Promise<unknown> | null = null
    const available = (): Cost => (waitsFor === null ? add(own, unreserved) : own)
    const isOver = () => now().getTime() >= endsAt
    return {
      take(wanted) {
        const price = { ...none, ...wanted }
        if (isOver() || !covers(available(), price)) return false
        const fromOwn = smaller(own, price)
        own = subtract(own, fromOwn)
        unreserved = subtract(unreserved, subtract(price, fromOwn))
        return true
      },
      countFitting({ storeCalls = 0, requests = 0 }, most) {
        const left = available()
        const fits = [
          storeCalls === 0 ? most : Math.floor(left.storeCalls / storeCalls),
          requests === 0 ? most : Math.floor(left.requests / requests),
        ]
        return isOver() ? 0 : Math.min(most, ...fits)
      },
      async more() {
        if (waitsFor === null) return false
        await waitsFor
        waitsFor = null
        return true
      },
      beside(part, others) {
        const added = {
          storeCalls: Math.floor(unreserved.storeCalls * part),
          requests: Math.floor(unreserved.requests * part),
        }
        unreserved = subtract(unreserved, added)
        own = add(own, added)
        waitsFor = others
      },
      end() {
        unreserved = add(unreserved, own)
        own = none
      },
    }
  }

  return {
    reserve(cost) {
      if (!covers(unreserved, cost)) return null
      unreserved = subtract(unreserved, cost)
      return createShare(cost)
    },
  }
}

function covers(available: Cost, cost: Cost): boolean {
  return available.storeCalls >= cost.storeCalls && available.requests >= cost.requests
}

function smaller(a: Cost, b: Cost): Cost {
  return {
    storeCalls: Math.min(a.storeCalls, b.storeCalls),
    requests: Math.min(a.requests, b.requests),
  }
}

function add(a: Cost, b: Cost): Cost {
  return { storeCalls: a.storeCalls + b.storeCalls, requests: a.requests + b.requests }
}

/** Of an endless amount an endless one is left. */
function subtract(a: Cost, b: Cost): Cost {
  return {
    storeCalls: Number.isFinite(a.storeCalls) ? a.storeCalls - b.storeCalls : a.storeCalls,
    requests: Number.isFinite(a.requests) ? a.requests - b.requests : a.requests,
  }
}
