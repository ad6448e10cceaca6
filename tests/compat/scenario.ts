import type { Stage } from './server.ts'

/** Something a client of others does, and what it must come to. */
export interface Deed {
  /** What happens, in plain words. */
  readonly name: string
  /** The calls of the client it makes, as the client names them. */
  readonly calls: readonly string[]
  /** Whether it can only come out right where the server remembers what was done before. */
  readonly isStateful: boolean
  /** Does it and tells what came of it. */
  readonly run: (stage: Stage) => Promise<unknown>
  /** The whole of what must come of it. */
  readonly means: unknown
}

/** A client and everything it is made to do. */
export interface Stranger {
  readonly client: string
  /** Every call the client offers, read from the client itself. */
  readonly offers: readonly string[]
  readonly deeds: readonly Deed[]
}

/** Something that needs a memory. */
export function stateful(
  name: string,
  calls: readonly string[],
  run: Deed['run'],
  means: unknown,
): Deed {
  return { name, calls, isStateful: true, run, means }
}

/** Something that every faithful answer would do for. */
export function stateless(
  name: string,
  calls: readonly string[],
  run: Deed['run'],
  means: unknown,
): Deed {
  return { name, calls, isStateful: false, run, means }
}

/** Some members of an answer, in the order asked for. */
export function pick(answer: unknown, ...names: readonly string[]): unknown[] {
  return names.map((name) => (isRecord(answer) ? answer[name] : undefined))
}

/** Some members of each answer of a list. */
export function pickEach(answers: unknown, ...names: readonly string[]): unknown {
  return Array.isArray(answers) ? answers.map((answer) => pick(answer, ...names)) : answers
}

/** What a call is refused with, as far as its client tells; what it answered, when it is not refused. */
export async function refusal(call: PromiseLike<unknown>): Promise<unknown> {
  try {
    return { answered: await call }
  } catch (error) {
    return describe(error)
  }
}

/** Whether a value is an object with members. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Three clients, three ways to fail: a code on the error, a status on the error, a response inside it.
function describe(error: unknown): unknown {
  if (!isRecord(error)) return { thrown: error }
  const { response, code, status, message, name } = error
  if (isRecord(response)) {
    const data = isRecord(response['data']) ? response['data'] : {}
    return { status: response['status'] ?? 200, code: data['code'], message: data['message'] }
  }
  if (status !== undefined) return { status, message }
  return code === undefined ? { name, message } : { code, message }
}
