import { type Agent, type IncomingMessage, request } from 'node:http'
import type { Operation, OrderSpec } from './checkers/http-history.ts'
import { canaries, type Environment, type ProviderWebhook } from './environment.ts'

/** What the answer to a request was; null code: none. */
export interface HttpResponse {
  readonly code: number | null
  readonly text: string
}

/** Who asks for what, as it is recorded. */
type RequestInfo = Pick<Operation, 'by' | 'action' | 'merchant_uid'> &
  Partial<Pick<Operation, 'imp_uid' | 'claim'>>

/** A payment before anything happened to it. */
export interface Draft {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly amount: number
  readonly currency: string
  readonly pay_method: 'card' | 'vbank'
  /** When an account expires, in seconds since 1970. */
  readonly vbank_date?: number
}

/** What people and programs do to a shop. Each deed is recorded with its answer. */
export type Clients = ReturnType<typeof createClients>

interface HttpRequest {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const pageHeaders = { origin: 'https://shop.example', 'content-type': 'application/json' }
const merchantHeaders = {
  authorization: `Bearer ${canaries.merchantKey}`,
  'content-type': 'application/json',
}
const jsonHeaders = { 'content-type': 'application/json' }

/** Makes the hands of one history. */
export function createClients(environment: Environment, record: (operation: Operation) => void) {
  const send = async (info: RequestInfo, url: string, init: HttpRequest): Promise<HttpResponse> => {
    const from = performance.now()
    const response = await sendRequest(url, init, environment.agent)
    const to = performance.now()
    record({ imp_uid: null, claim: null, ...info, from, to, ...response })
    // Whoever meets a dead deployment comes back when it lives.
    if (response.code === null) await environment.whenUp()
    return response
  }
  const post = (
    info: RequestInfo,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: unknown,
  ) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return send(info, `${environment.url()}${path}`, { method: 'POST', headers, body: text })
  }
  const callSimulator = (info: RequestInfo, path: string, body: unknown) =>
    send(info, `${environment.simulatorUrl}/_simulator/payments${path}`, {
      method: 'POST',
      headers: jsonHeaders,
      body: JSON.stringify(body),
    })

  return {
    async create({ merchant_uid, amount, currency, unmatched }: OrderSpec): Promise<string> {
      const body = { merchant_uid, amount, currency, policy: { unmatched } }
      for (;;) {
        const { code, text } = await post(
          { by: 'merchant', action: 'create', merchant_uid },
          '/orders',
          merchantHeaders,
          body,
        )
        if (code === 200 || code === 201) return JSON.parse(text).order_token
        if (code !== null && code < 500) throw new Error(`Cannot create ${merchant_uid}: ${text}`)
        await sleep(150)
      }
    },
    read: (by: string, merchant_uid: string) =>
      send({ by, action: 'read', merchant_uid }, `${environment.url()}/orders/${merchant_uid}`, {
        headers: merchantHeaders,
      }),
    cancels: (merchant_uid: string) =>
      send(
        { by: 'merchant', action: 'cancels', merchant_uid },
        `${environment.url()}/orders/${merchant_uid}/cancels`,
        { headers: merchantHeaders },
      ),
    cancel: (by: string, merchant_uid: string, amount: number | null, checksum: number | null) =>
      post(
        { by, action: 'cancel', merchant_uid, claim: amount },
        `/orders/${merchant_uid}/cancel`,
        merchantHeaders,
        {
          ...(amount === null ? {} : { amount }),
          ...(checksum === null ? {} : { checksum }),
          refund: { holder: '홍길동', bank: '04', account: '110123456789' },
        },
      ),
    /** Gives money back that no order explains. */
    refundIssue: (kind: string, { merchant_uid, imp_uid }: Draft) =>
      post(
        { by: 'merchant', action: 'give_back', merchant_uid, imp_uid },
        `/reconciliation-issues/${kind}:${imp_uid}/refund`,
        merchantHeaders,
        {},
      ),
    buyerRead: (by: string, merchant_uid: string, token: string) =>
      send(
        { by, action: 'buyer_read', merchant_uid },
        `${environment.url()}/payments/orders/${merchant_uid}`,
        { headers: { origin: pageHeaders.origin, authorization: `Bearer ${token}` } },
      ),
    complete: (by: string, merchant_uid: string, imp_uid: string, claim: string | null = null) =>
      post(
        { by, action: 'complete', merchant_uid, imp_uid, claim },
        '/payments/complete',
        pageHeaders,
        {
          imp_uid,
          merchant_uid,
          ...(claim === null ? {} : { success: false, error_msg: claim }),
        },
      ),
    redirect: (by: string, merchant_uid: string, imp_uid: string) =>
      send(
        { by, action: 'redirect', merchant_uid, imp_uid },
        `${environment.url()}/payments/complete?${new URLSearchParams({ imp_uid, merchant_uid }).toString()}`,
        {},
      ),
    confirm: (by: string, merchant_uid: string, imp_uid: string, amount: number) =>
      post(
        { by, action: 'confirm', merchant_uid, imp_uid, claim: amount },
        '/payments/confirm',
        jsonHeaders,
        { imp_uid, merchant_uid, amount },
      ),
    /** Carries a letter of the provider to the door, as JSON or as a form. */
    webhook: ({ imp_uid, merchant_uid, status, body }: ProviderWebhook, isForm: boolean) =>
      post(
        { by: 'provider', action: 'webhook', merchant_uid, imp_uid, claim: status },
        '/payments/webhook',
        isForm ? { 'content-type': 'application/x-www-form-urlencoded' } : jsonHeaders,
        isForm ? new URLSearchParams(JSON.parse(body)).toString() : body,
      ),
    /** A webhook that no provider sent; null ids make it rubbish. */
    sendForgedWebhook: (merchant_uid: string, imp_uid: string | null, status: string) =>
      post(
        { by: 'stranger', action: 'webhook', merchant_uid, imp_uid, claim: status },
        '/payments/webhook',
        jsonHeaders,
        { imp_uid, merchant_uid, status },
      ),
    createPayment: (draft: Draft) =>
      callSimulator({ by: 'buyer', action: 'stage', ...idsOf(draft) }, '', {
        ...draft,
        status: 'ready',
        buyer_name: canaries.buyerName,
        buyer_email: canaries.buyerEmail,
      }),
    pay: (draft: Draft, how: 'approve' | 'deposit' | 'approve-late') =>
      callSimulator(
        { by: 'buyer', action: 'pay', ...idsOf(draft) },
        `/${draft.imp_uid}/${how}`,
        {},
      ),
    fail: (draft: Draft) =>
      callSimulator({ by: 'buyer', action: 'fail', ...idsOf(draft) }, `/${draft.imp_uid}/fail`, {}),
    consoleCancel: (draft: Draft, amount: number | null) =>
      callSimulator(
        { by: 'merchant', action: 'console_cancel', ...idsOf(draft), claim: amount },
        `/${draft.imp_uid}/cancel`,
        amount === null ? {} : { amount },
      ),
  }
}

function idsOf({ merchant_uid, imp_uid }: Draft): Pick<Draft, 'merchant_uid' | 'imp_uid'> {
  return { merchant_uid, imp_uid }
}

/** A request as plainly as Node makes them: `fetch` costs the driver four times as much. */
function sendRequest(url: string, init: HttpRequest, agent: Agent | false): Promise<HttpResponse> {
  const { method = 'GET', headers = {}, body = '' } = init
  return new Promise((resolve) => {
    const cutOff = (): void => resolve({ code: null, text: '' })
    const outgoing = request(url, { method, headers, agent }, (response) => {
      readText(response).then((text) => {
        const code = response.statusCode ?? null
        resolve({ code, text: response.headers.location ?? text })
      }, cutOff)
    })
    outgoing.once('error', (error: NodeJS.ErrnoException) => {
      // A connection that is kept may be closed in the very moment in which it is used again: nobody read it.
      if (outgoing.reusedSocket && error.code === 'ECONNRESET')
        resolve(sendRequest(url, init, false))
      else cutOff()
    })
    outgoing.end(body)
  })
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

/** Waits. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
