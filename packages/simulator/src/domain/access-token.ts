import type { Token } from './records.ts'

const lifetimeSeconds = 30 * 60
const lastMinuteSeconds = 60
const graceSeconds = 5 * 60

/** The token a merchant gets now: the same one while it lives, five minutes more in its last minute, a new one after. */
export function issueToken(held: Token | null, now: number, newToken: () => string): Token {
  if (held === null || held.expiredAt <= now) {
    return { accessToken: newToken(), expiredAt: now + lifetimeSeconds }
  }
  if (held.expiredAt - now <= lastMinuteSeconds) {
    return { ...held, expiredAt: held.expiredAt + graceSeconds }
  }
  return held
}

/** Whether a token opens the door now. */
export function isValid(held: Token | null, accessToken: string, now: number): boolean {
  return held !== null && held.accessToken === accessToken && now < held.expiredAt
}
