import { createInterface } from 'node:readline/promises'

const yes = /^(?:y|yes|예|네)$/i

/** Asks on the standard error output, so that the question is no part of the result; no answer is no. */
export async function confirm(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')))
    return yes.test((await Promise.race([lines.question(`${question} [y/N] `), ended])).trim())
  } finally {
    lines.close()
  }
}
