import type { ShopConfig } from '../config.ts'

/** Why the payment server did not do what the shop requested. */
export type WorkerFailure =
  | { readonly reason: 'order_unknown' }
  | { readonly reason: 'worker_unreachable'; readonly cause: unknown }
  | { readonly reason: 'amount_not_registered' }
  | { readonly reason: 'worker_failed'; readonly status: number }
  | { readonly reason: 'worker_refused'; readonly status: number }
  | { readonly reason: 'worker_response_unexpected' }

export interface WorkerDeps {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
}

/** Where the payment server is, and the key of its merchant API. */
export type WorkerConfig = Pick<ShopConfig, 'workerUrl' | 'merchantKey'>

export interface WorkerRequest {
  readonly method: 'GET' | 'POST'
  readonly body?: string
}

const workerTimeoutMs = 12_000

/** Sends a request to the payment server's merchant API. */
export async function callWorker(
  path: string,
  init: WorkerRequest,
  config: WorkerConfig,
  { fetch }: WorkerDeps,
): Promise<
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly failure: WorkerFailure }
> {
  let response: Response
  let body: unknown
  try {
    response = await fetch(`${config.workerUrl}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${config.merchantKey}`,
        'content-type': 'application/json',
      },
      signal: AbortSignal.timeout(workerTimeoutMs),
    })
    body = response.ok ? await response.json() : null
  } catch (cause) {
    return refuse({ reason: 'worker_unreachable', cause })
  }
  const { ok, status } = response
  if (ok) return { ok: true, body }
  if (status === 404) return refuse({ reason: 'order_unknown' })
  if (status === 503) return refuse({ reason: 'amount_not_registered' })
  if (status >= 500) return refuse({ reason: 'worker_failed', status })
  return refuse({ reason: 'worker_refused', status })
}

function refuse(failure: WorkerFailure): { readonly ok: false; readonly failure: WorkerFailure } {
  return { ok: false, failure }
}
