import { canary, type Evidence } from './history.ts'

/** I12: no key, no token and nothing of a buyer's own leaves by an answer, a log line, a row or an event. */
export function checkSecrets(seen: Evidence, broken: string[]): void {
  const texts = seen.answers.flatMap(({ text }) => text ?? [])
  if (texts.length === 0) return
  const { stored, events, attempts, shop, orphans } = seen
  const places = { answer: texts, row: [stored, attempts, orphans], event: [events, shop] }
  for (const [place, rows] of Object.entries(places)) {
    if (JSON.stringify(rows).includes(canary)) broken.push(`I12 ${place} holds a secret`)
  }
}
