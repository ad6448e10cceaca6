/** An allowance that refills steadily: a minute's worth at once, and as much again each minute. */
export interface Budget {
  /** Takes one; false when nothing is left. */
  take(): boolean
  giveBack(): void
}

const minuteMs = 60_000

/**
 * Makes a full budget.
 *
 * @param perMinute How many it holds, and refills in a minute.
 * @param now Milliseconds since 1970.
 */
export function createBudget(perMinute: number, now: () => number): Budget {
  let left = perMinute
  let countedAt = now()
  return {
    take() {
      const at = now()
      // A clock that is set back refills nothing, and takes nothing away.
      const earned = (Math.max(0, at - countedAt) / minuteMs) * perMinute
      left = Math.min(perMinute, left + earned)
      countedAt = at
      if (left < 1) return false
      left -= 1
      return true
    },
    giveBack() {
      left = Math.min(perMinute, left + 1)
    },
  }
}

/** Budgets by name: those that were not used longest make room. */
export function createBudgets(
  perMinute: number,
  most: number,
  now: () => number,
): (name: string) => Budget {
  const budgets = new Map<string, Budget>()
  return (name) => {
    const budget = budgets.get(name) ?? createBudget(perMinute, now)
    budgets.delete(name)
    budgets.set(name, budget)
    for (const oldest of budgets.keys()) {
      if (budgets.size <= most) break
      budgets.delete(oldest)
    }
    return budget
  }
}
