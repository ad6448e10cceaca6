import type { TestServer } from './server.ts'

/** What a third-party client does, and the expected result. */
export interface Scenario {
  /** A sentence that follows the client's name. */
  readonly name: string
  /** The calls of the client that it makes, by the client's names. */
  readonly calls: readonly string[]
  /** Whether it can pass only against a server that keeps state. */
  readonly isStateful: boolean
  /** Makes the calls and returns their results. */
  readonly run: (server: TestServer) => Promise<unknown>
  /** The whole result. */
  readonly expected: unknown
}

/** A client and its scenarios. */
export interface ThirdPartyClient {
  readonly client: string
  /** Every call the client offers, read from the client itself. */
  readonly calls: readonly string[]
  readonly scenarios: readonly Scenario[]
}

/** A scenario that needs a server with state. */
export function stateful(
  name: string,
  calls: readonly string[],
  run: Scenario['run'],
  expected: unknown,
): Scenario {
  return { name, calls, isStateful: true, run, expected }
}

/** A scenario that a correct response to each single call is enough for. */
export function stateless(
  name: string,
  calls: readonly string[],
  run: Scenario['run'],
  expected: unknown,
): Scenario {
  return { name, calls, isStateful: false, run, expected }
}

/** Some members of a result, in the given order. */
export function pick(result: unknown, ...names: readonly string[]): unknown[] {
  return names.map((name) => (isRecord(result) ? result[name] : undefined))
}

/** Some members of each result of a list. */
export function pickEach(results: unknown, ...names: readonly string[]): unknown {
  return Array.isArray(results) ? results.map((result) => pick(result, ...names)) : results
}

/** The error of a refused call, as far as its client exposes it; the result of a call that was not refused. */
export async function refusal(call: PromiseLike<unknown>): Promise<unknown> {
  try {
    return { resolved: await call }
  } catch (error) {
    return describe(error)
  }
}

/** Whether a value is an object with members. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// The three clients differ: a code on the error, a status on the error, a response inside it.
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
