// A clock may be set back: what began later than now is outdated, and nobody waits longer than a window.

/** Whether something began within the last `windowMs` milliseconds. */
export function isWithin(beganAt: number, windowMs: number, at: number): boolean {
  const age = at - beganAt
  return age >= 0 && age < windowMs
}

/** The milliseconds until the window of something that began has passed. */
export function toWait(beganAt: number, windowMs: number, at: number): number {
  return Math.min(windowMs, Math.max(0, beganAt + windowMs - at))
}
