const maxDepth = 4

/** Returns the texts of a thrown value and of its causes: what a database or a runtime says about a failure. */
export function toCauseText(thrown: unknown): string {
  const texts: string[] = []
  for (let cause = thrown, depth = 0; cause !== undefined && depth < maxDepth; depth++) {
    texts.push(toText(cause))
    cause = cause instanceof Error ? cause.cause : undefined
  }
  return texts.join(' / ')
}

function toText(cause: unknown): string {
  if (cause instanceof Error) return `${cause.name}: ${cause.message}`
  return typeof cause === 'string' ? cause : (JSON.stringify(cause) ?? String(cause))
}
