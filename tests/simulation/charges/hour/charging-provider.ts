import type { Peer } from '../../platform/environment/network.ts'
import { type Charged, createApprovingProvider } from '../approving-provider.ts'

/** What the provider was asked to charge, and when. */
export interface TimedCharges extends Charged {
  readonly mostChargesAtOnce: number
  /** When the last charge was answered. */
  readonly lastChargeAt: number
}

/** Makes the provider as a server of the simulated network, which takes so many milliseconds for each answer. */
export function createChargingProvider(
  clock: { readonly ms: number },
  answerMs: number,
): Peer & { charged(): TimedCharges } {
  const answeredAt: number[] = []
  const provider = createApprovingProvider((now) => answeredAt.push(now.getTime()))
  return {
    charged: () => ({
      ...provider.charged(),
      mostChargesAtOnce: findMostAtOnce(answeredAt, answerMs),
      lastChargeAt: answeredAt.at(-1) ?? 0,
    }),
    latencyMs: () => answerMs,
    respond({ url }, body) {
      const { pathname } = new URL(url)
      const answer = provider.answer({ pathname, body, now: new Date(clock.ms) })
      return { status: 200, text: JSON.stringify(answer) }
    },
  }
}

/** The most calls that were open at once, each of the same length, by the times of their answers in order. */
function findMostAtOnce(answeredAt: readonly number[], lengthMs: number): number {
  let [most, first] = [0, 0]
  for (const [last, at] of answeredAt.entries()) {
    while (first < last && (answeredAt[first] ?? at) <= at - lengthMs) first += 1
    most = Math.max(most, last - first + 1)
  }
  return most
}
