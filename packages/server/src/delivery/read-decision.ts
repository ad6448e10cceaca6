import { type ShopDecision, shopDecision } from './shop-decision.ts'

/** More than any decision has. */
const maxBytes = 4_096

/** Reads a decision. Null for everything else, of which no more than 4 KiB are read. */
export async function readDecision(response: Response): Promise<ShopDecision | null> {
  const text = await readText(response)
  const read = shopDecision().safeParse(text === null ? null : parseJson(text))
  return read.success ? read.data : null
}

async function readText({ body }: Response): Promise<string | null> {
  if (body === null) return null
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let bytes = 0
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.length
    if (bytes > maxBytes) {
      // An unread body keeps its connection open.
      await reader.cancel()
      return null
    }
    text += decoder.decode(value, { stream: true })
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
