import type { D1Database } from '@cloudflare/workers-types'
import type { CallOutcome } from '../engine/scheduler.ts'
import { createD1, type SqlCall, type SqlResult } from './bindings/d1.ts'
import { toBinding } from './bindings/queue.ts'
import type { Sqlite } from './bindings/sqlite.ts'
import type { IsolateEnvironment } from './isolate-environment.ts'
import { readEventRequest } from './peers/event-receiver.ts'
import { readProviderRequest } from './peers/fake-provider.ts'
import { createFaultyResponse, createRefusal } from './peers/provider-responses.ts'
import { eventUrl } from './settings.ts'

/** Sends a call of an instance through the scheduler, which decides when it takes place and how it ends. */
export type ScheduleCall = <T>(
  name: string,
  effect: () => T | Promise<T>,
  failWith: (outcome: CallOutcome) => Promise<T>,
) => Promise<T>

/** The database of a worker: each batch is one call and one transaction, unless batches are split. */
export function createDatabaseBinding(
  { writeLog, logLines }: IsolateEnvironment,
  call: ScheduleCall,
  sqlite: Sqlite,
  splitsBatches: boolean,
): D1Database {
  const runNow = async (calls: readonly SqlCall[]): Promise<readonly SqlResult[]> => {
    try {
      const results = sqlite.batch(calls)
      writeLog.record(calls, results)
      return results
    } catch (error) {
      logLines.push(JSON.stringify({ event: 'sql', message: String(error) }))
      throw error
    }
  }
  const runBatch = (calls: readonly SqlCall[]) =>
    call(
      nameBatch(calls),
      () => {
        const done = runNow(calls)
        // The caller may have crashed or given up by now; the log line is what the checker reads.
        done.catch(() => undefined)
        return done
      },
      () => Promise.reject(new Error('D1_ERROR: Network connection lost.')),
    )
  const runSplit = async (calls: readonly SqlCall[]) => {
    const results: SqlResult[] = []
    for (const each of calls) results.push(...(await runBatch([each])))
    return results
  }
  return createD1(splitsBatches ? runSplit : runBatch)
}

export function createQueueBinding({ queue }: IsolateEnvironment, call: ScheduleCall) {
  return toBinding((body) =>
    call(
      'send message',
      () => queue.push(body),
      () => Promise.reject(new Error('Queue sendMessage failed')),
    ),
  )
}

/**
 * The network of a worker: the provider's API and the merchant's receiver of events.
 *
 * @param countLookup Called before each lookup of a payment.
 */
export function createFetch(
  environment: IsolateEnvironment,
  call: ScheduleCall,
  countLookup: () => void,
) {
  const { prng, provider } = environment
  return async (request: Request): Promise<Response> => {
    const body = request.method === 'GET' ? '' : await request.text()
    if (request.url === eventUrl) return postEvent(environment, call, request, body)
    const providerRequest = readProviderRequest(request, body)
    const name = nameFetch(providerRequest.url.pathname)
    // A payment that is not found is requested once more, among those of test channels: that is one lookup.
    const isRepeated = providerRequest.url.searchParams.has('include_sandbox')
    if (name === 'GET payment' && !isRepeated) countLookup()
    return call(
      name,
      () => provider.handle(providerRequest),
      // A connection that hangs gives nothing back: the caller has to end it.
      (outcome) => (outcome === 'hang' ? never() : createFaultyResponse(prng, outcome === 'after')),
    )
  }
}

function postEvent(
  { prng, receiver, isMerchantDown }: IsolateEnvironment,
  call: ScheduleCall,
  request: Request,
  body: string,
): Promise<Response> {
  const eventRequest = readEventRequest(request, body)
  return call(
    'POST event',
    () => new Response(null, { status: isMerchantDown() ? 503 : receiver.receive(eventRequest) }),
    (outcome) => (outcome === 'hang' ? never() : createRefusal(prng)),
  )
}

/** A batch by what its first statement does, and to what: `UPDATE outbox`. */
export function nameBatch([first]: readonly Pick<SqlCall, 'text'>[]): string {
  const text = first?.text ?? ''
  const verb = /^\w+/.exec(text)?.[0] ?? ''
  // What a list is joined with names the statement.
  const table = /(?:FROM|INTO|UPDATE|JOIN) (?!json_each)(\w+)/.exec(text)?.[1] ?? ''
  return `${verb} ${table}`
}

function nameFetch(path: string): string {
  const [, resource, first] = path.split('/')
  if (resource === 'users') return 'POST token'
  if (resource === 'vbanks') return 'DELETE account'
  switch (first) {
    case undefined:
      return 'GET payments'
    case 'status':
      return 'GET list'
    case 'find':
      return 'GET newest'
    case 'findAll':
      return 'GET payments of order'
    case 'prepare':
      return 'prepare'
    case 'cancel':
      return 'POST cancel'
    default:
      return 'GET payment'
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined)
}
