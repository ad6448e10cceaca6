import type { Fetch } from '@quayside/client'
import { fail, ok, type Result } from '@quayside/core'
import { describeCause, type Log, type Sleep } from '@quayside/server'

/** What the checks need of the machine. */
export interface DoctorDeps {
  readonly fetch: Fetch
  readonly now: () => Date
  readonly sleep: Sleep
  readonly log: Log
}

/** A response as far as a check reads it. */
export interface Probed {
  readonly status: number
  /** The first part of the body. */
  readonly text: string
}

const maxProbedBytes = 4_096

/** Sends one request, follows no redirect, and reads the beginning of the response. Fails with the cause in words. */
export async function probe(
  url: string,
  init: RequestInit,
  signal: AbortSignal,
  { fetch }: Pick<DoctorDeps, 'fetch'>,
): Promise<Result<Probed, { readonly reason: 'unreachable'; readonly cause: string }>> {
  try {
    const response = await fetch(new Request(url, { redirect: 'manual', signal, ...init }))
    return ok({ status: response.status, text: await readBeginning(response) })
  } catch (error) {
    return fail({ reason: 'unreachable', cause: describeCause(error) })
  }
}

async function readBeginning(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  while (reader !== undefined && text.length < maxProbedBytes) {
    const { done, value } = await reader.read()
    if (done) break
    text += decoder.decode(value, { stream: true })
  }
  await reader?.cancel()
  return text.slice(0, maxProbedBytes)
}
