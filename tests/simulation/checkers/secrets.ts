import { canary, type History } from './history.ts'

/** I12: no key, no token and no personal data of a buyer leaks by a response, a log line, a row or an event. */
export function checkSecrets(history: History, violations: string[]): void {
  const texts = history.responses.flatMap(({ text }) => text ?? [])
  if (texts.length === 0) return
  const { stored, events, attempts, merchant, paymentsWithoutOrder } = history
  const places = {
    response: texts,
    row: [stored, attempts, paymentsWithoutOrder],
    event: [events, merchant],
  }
  for (const [place, rows] of Object.entries(places)) {
    if (JSON.stringify(rows).includes(canary)) violations.push(`I12 ${place} holds a secret`)
  }
}
