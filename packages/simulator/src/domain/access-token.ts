import type { Token } from './records.ts'

const lifetimeSeconds = 30 * 60
const lastMinuteSeconds = 60
const graceSeconds = 5 * 60

/** The token a merchant gets now: the same one while it is valid, extended by five minutes in its last minute, a new one after. */
export function issueToken(existing: Token | null, now: number, newToken: () => string): Token {
  if (existing === null || existing.expiredAt <= now) {
    return { accessToken: newToken(), expiredAt: now + lifetimeSeconds }
  }
  if (existing.expiredAt - now <= lastMinuteSeconds) {
    return { ...existing, expiredAt: existing.expiredAt + graceSeconds }
  }
  return existing
}

/** Whether a token is valid now. */
export function isValid(existing: Token | null, accessToken: string, now: number): boolean {
  return existing !== null && existing.accessToken === accessToken && now < existing.expiredAt
}
