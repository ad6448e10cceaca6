import { setTimeout as sleep } from 'node:timers/promises'
import type { Operation, OrderSpec } from './checkers/http-history.ts'
import { canaries, type Environment, type ProviderWebhook } from './environment.ts'
import { type HttpRequest, type HttpResponse, sendRequest } from './http.ts'

/** Who asks for what, as it is recorded. */
type RequestInfo = Pick<Operation, 'by' | 'action' | 'merchant_uid'> &
  Partial<Pick<Operation, 'imp_uid' | 'claim'>>

/** A payment before it is created at the provider. */
export interface Draft {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly amount: number
  readonly currency: string
  readonly pay_method: 'card' | 'vbank'
  /** When an account expires, in seconds since 1970. */
  readonly vbank_date?: number
}

/** What people and programs do to a shop. Each operation is recorded with its response. */
export type Clients = ReturnType<typeof createClients>

type Requester = ReturnType<typeof createRequester>

const pageHeaders = { origin: 'https://shop.example', 'content-type': 'application/json' }
const merchantHeaders = {
  authorization: `Bearer ${canaries.merchantKey}`,
  'content-type': 'application/json',
}
const jsonHeaders = { 'content-type': 'application/json' }
/** One of the addresses that the provider publishes: it has no limit, and may read why a payment is not approved. */
const address = '52.78.100.19'
const providerAddress = { 'cf-connecting-ip': address, 'x-forwarded-for': address }

/** Makes the clients of one history. */
export function createClients(environment: Environment, record: (operation: Operation) => void) {
  const requester = createRequester(environment, record)
  return {
    ...merchantClient(requester),
    ...buyerClient(requester),
    ...providerClient(requester),
    ...attackerClient(requester),
    ...paymentClient(requester),
  }
}

/** Sends requests and records each with its response. */
function createRequester(environment: Environment, record: (operation: Operation) => void) {
  const send = async (info: RequestInfo, url: string, init: HttpRequest): Promise<HttpResponse> => {
    const from = performance.now()
    const response = await sendRequest(url, init, environment.agent)
    const to = performance.now()
    record({ imp_uid: null, claim: null, ...info, from, to, ...response })
    // A client whose connection broke comes back when the deployment is up again.
    if (response.code === null) await environment.whenUp()
    return response
  }
  return {
    get: (info: RequestInfo, path: string, headers: Readonly<Record<string, string>>) =>
      send(info, `${environment.url()}${path}`, { headers }),
    post: (
      info: RequestInfo,
      path: string,
      headers: Readonly<Record<string, string>>,
      body: unknown,
    ) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      return send(info, `${environment.url()}${path}`, { method: 'POST', headers, body: text })
    },
    callSimulator: (info: RequestInfo, path: string, body: unknown) =>
      send(info, `${environment.simulatorUrl}/_simulator/payments${path}`, {
        method: 'POST',
        headers: jsonHeaders,
        body: JSON.stringify(body),
      }),
  }
}

/** The merchant's server. */
function merchantClient({ get, post }: Requester) {
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
      get({ by, action: 'read', merchant_uid }, `/orders/${merchant_uid}`, merchantHeaders),
    cancels: (merchant_uid: string) =>
      get(
        { by: 'merchant', action: 'cancels', merchant_uid },
        `/orders/${merchant_uid}/cancels`,
        merchantHeaders,
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
    /** Refunds money that no order explains. */
    refundIssue: (kind: string, { merchant_uid, imp_uid }: Draft) =>
      post(
        { by: 'merchant', action: 'refund_issue', merchant_uid, imp_uid },
        `/reconciliation-issues/${kind}:${imp_uid}/refund`,
        merchantHeaders,
        {},
      ),
  }
}

/** The buyer's browser and phone. */
function buyerClient({ get, post }: Requester) {
  return {
    buyerRead: (by: string, merchant_uid: string, token: string) =>
      get({ by, action: 'buyer_read', merchant_uid }, `/payments/orders/${merchant_uid}`, {
        origin: pageHeaders.origin,
        authorization: `Bearer ${token}`,
      }),
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
      get(
        { by, action: 'redirect', merchant_uid, imp_uid },
        `/payments/complete?${new URLSearchParams({ imp_uid, merchant_uid }).toString()}`,
        {},
      ),
  }
}

/** The provider's own requests. */
function providerClient({ post }: Requester) {
  return {
    confirm: (by: string, merchant_uid: string, imp_uid: string, amount: number) =>
      post(
        { by, action: 'confirm', merchant_uid, imp_uid, claim: amount },
        '/payments/confirm',
        by === 'provider' ? { ...jsonHeaders, ...providerAddress } : jsonHeaders,
        { imp_uid, merchant_uid, amount },
      ),
    /** Delivers a webhook, as JSON or as a form. */
    webhook: ({ imp_uid, merchant_uid, status, body }: ProviderWebhook, isForm: boolean) =>
      post(
        { by: 'provider', action: 'webhook', merchant_uid, imp_uid, claim: status },
        '/payments/webhook',
        {
          'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
          ...providerAddress,
        },
        isForm ? new URLSearchParams(JSON.parse(body)).toString() : body,
      ),
  }
}

function attackerClient({ post }: Requester) {
  return {
    /** A webhook that no provider sent; a null id makes it invalid. */
    sendForgedWebhook: (merchant_uid: string, imp_uid: string | null, status: string) =>
      post(
        { by: 'attacker', action: 'webhook', merchant_uid, imp_uid, claim: status },
        '/payments/webhook',
        jsonHeaders,
        { imp_uid, merchant_uid, status },
      ),
  }
}

/** Changes of payments at the provider. */
function paymentClient({ callSimulator }: Requester) {
  return {
    createPayment: (draft: Draft) =>
      callSimulator({ by: 'buyer', action: 'create_payment', ...idsOf(draft) }, '', {
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
