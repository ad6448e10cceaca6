import type { Hono } from 'hono'
import { createApp } from './app.ts'
import type { PaymentWindow } from './domain/payment/window.ts'
import { createContext, type SimulatorOptions } from './options.ts'
import { type Snapshot, takeSnapshot } from './persistence/snapshot.ts'
import type { Clock } from './runtime/clock.ts'
import { createAgencyWindow } from './services/sub-merchants.ts'

/** A simulated provider. */
export interface Simulator {
  /** The Hono application: REST API, browser script, payment window, control and console. */
  readonly app: Hono
  /** Handles a request to any host, and rejects when an injected fault breaks the connection: pass it to a client as its `fetch`. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>
  /** The simulated time. */
  readonly clock: Clock
  /** The payment window's operations, for tests without a browser. */
  readonly paymentWindow: PaymentWindow
  /** Resolves when no delivery is running. */
  readonly waitForIdle: () => Promise<void>
  /** Everything that a restart must keep, as plain JSON: pass it to a new simulator as `snapshot`. */
  readonly snapshot: () => Snapshot
}

/**
 * Makes a simulator of i'mport (PortOne V1): stateful, offline, without a port.
 *
 * Two simulators share no state, and a simulator stores nothing outside itself: to keep its state, take a `snapshot()`
 * and give it to the next one. Open payment windows, webhooks still to be sent, faults and the request log are not in it.
 *
 * @param options Settings that differ from the defaults.
 * @returns The simulator.
 *
 * @example Reading a payment as a client does
 * ```ts
 * import { createSimulator } from '@quayside/simulator'
 *
 * const { fetch } = createSimulator()
 * const keys = new URLSearchParams({ imp_key: 'simulator-key', imp_secret: 'simulator-secret' })
 * const response = await fetch('https://api.iamport.kr/users/getToken', { method: 'POST', body: keys })
 * console.log(response.status) // 200
 * ```
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const context = createContext(options)
  const paymentWindow = createAgencyWindow(context)
  const app = createApp(context, paymentWindow, options)
  return {
    app,
    fetch: (input, init) => fetchFrom(app, new Request(input, init), init?.signal ?? null),
    clock: context.clock,
    paymentWindow,
    waitForIdle: () => context.clock.waitForIdle(),
    snapshot: () => takeSnapshot(context),
  }
}

async function fetchFrom(
  app: Hono,
  request: Request,
  signal: AbortSignal | null,
): Promise<Response> {
  request.signal.throwIfAborted()
  const response = await withSignal(signal, async () => app.fetch(request))
  const isRedirect = response.status >= 300 && response.status < 400
  if (isRedirect && request.redirect === 'error') throw new TypeError('unexpected redirect')
  return response
}

// Uses the caller's own signal: a Request references it only weakly, and an AbortSignal.timeout
// without another reference may be collected before it fires.
function withSignal(
  signal: AbortSignal | null,
  respond: () => Promise<Response>,
): Promise<Response> {
  if (signal === null) return respond()
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    respond().then(resolve, reject)
  })
}
