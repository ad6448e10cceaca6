import { createClient } from '@quayside/client'
import { type ConfirmRequest, type MerchantUid, type OrderStore, ok } from '@quayside/core'
import { completion } from '@quayside/hono'
import { createCompletionLog } from '../../../packages/server/src/http/completion-log.ts'
import { canary } from '../checkers/history.ts'
import {
  post,
  readNoticeResponse,
  resultPages,
  shopOrigin,
  toRequest,
} from '../workload/notice-http.ts'
import { quayside, type SystemDeps, type SystemUnderTest } from './system.ts'

// The whole app instead of the use case: requests in, responses out, the same ports behind it.

const pages = {
  success: `${resultPages}/success`,
  vbankIssued: `${resultPages}/vbank`,
  failed: `${resultPages}/failed`,
  cancelled: `${resultPages}/cancelled`,
  pending: `${resultPages}/pending`,
}

/** How many apps are busy before it pays to look for those whose task crashed. */
const maxBusyApps = 16

/** An app that handles one task at a time. */
class AppInstance implements OrderStore {
  readonly #app: ReturnType<typeof completion>
  /** The log lines of the request; null where they are not read. */
  readonly #logLines: string[] | null
  deps: SystemDeps | null = null

  constructor(recordsOutput: boolean) {
    const logLines: string[] = []
    const report = createCompletionLog((event, fields) =>
      logLines.push(JSON.stringify([event, fields])),
    )
    this.#logLines = recordsOutput ? logLines : null
    this.#app = completion({
      store: this,
      client: createClient({ key: `${canary}-key`, secret: `${canary}-secret`, fetch: failFetch }),
      lookupGuard: ({ notice }) => this.#requireDeps().fetchPayment(notice.impUid),
      findPaid: async ({ merchantUid }) => {
        const found = await this.#requireDeps().search(merchantUid)
        return found.ok ? ok(found.value.filter(({ status }) => status === 'paid')) : found
      },
      mode: 'live',
      origins: [shopOrigin],
      pages,
      hooks: recordsOutput ? { report } : {},
    })
  }

  find(id: MerchantUid) {
    return this.#requireDeps().store.find(id)
  }

  record(change: Parameters<OrderStore['record']>[0]) {
    return this.#requireDeps().store.record(change)
  }

  recordAttempt(attempt: Parameters<OrderStore['recordAttempt']>[0]) {
    return this.#requireDeps().store.recordAttempt(attempt)
  }

  /** Whether the process of its task crashed. */
  get isAbandoned(): boolean {
    return this.deps?.process.hasCrashed === true
  }

  async fetch(request: Request): Promise<readonly [Response, string[]]> {
    const response = await this.#app.fetch(request)
    return [response, this.#logLines?.splice(0) ?? []]
  }

  #requireDeps(): SystemDeps {
    if (this.deps === null) throw new TypeError('Cannot serve: no task is bound to the app')
    return this.deps
  }
}

/** The system behind the real app, whose confirm route can be called as well. */
export interface HttpSystem extends SystemUnderTest {
  /** Gives the HTTP status of the confirm route. */
  confirm(request: ConfirmRequest, deps: SystemDeps): Promise<number>
}

/**
 * Makes the system whose routes are the real app. An app is used again once its task has ended, or crashed. With
 * `recordsOutput` a response holds all output: headers, body, log lines.
 */
export function createHttpSystem(recordsOutput = false): HttpSystem {
  const free: AppInstance[] = []
  let busy: AppInstance[] = []
  const acquire = (): AppInstance => {
    // Building an app costs as much as several requests.
    if (free.length === 0 && busy.length >= maxBusyApps) {
      free.push(...busy.filter((app) => app.isAbandoned))
      busy = busy.filter((app) => !app.isAbandoned)
    }
    return free.pop() ?? new AppInstance(recordsOutput)
  }
  const send = async (
    request: Request,
    deps: SystemDeps,
  ): Promise<readonly [Response, string[]]> => {
    const app = acquire()
    app.deps = deps
    busy.push(app)
    const result = await app.fetch(request)
    busy.splice(busy.indexOf(app), 1)
    free.push(app)
    return result
  }
  return {
    ...quayside,
    name: 'the app',
    // A request costs ten times as much as the use case behind it.
    paymentCounts: [1, 1, 1, 2],
    async handle(notice, deps) {
      const [response, logLines] = await send(toRequest(notice), deps)
      const isRead = recordsOutput || notice.channel === 'callback'
      const text = isRead ? await response.text() : ''
      const noticeResponse = readNoticeResponse(notice.channel, response, text)
      return recordsOutput
        ? { ...noticeResponse, text: [...response.headers, text, logLines].join('\n') }
        : noticeResponse
    },
    async confirm({ impUid, merchantUid, amount }, deps) {
      const fields = { imp_uid: impUid, merchant_uid: merchantUid, amount }
      const [{ status }] = await send(
        post('confirm', 'application/json', JSON.stringify(fields)),
        deps,
      )
      return status
    },
  }
}

async function failFetch(): Promise<Response> {
  throw new TypeError('Unexpected fetch: lookups go through the ports of a task')
}
