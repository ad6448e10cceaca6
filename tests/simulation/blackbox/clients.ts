import { type Agent, type IncomingMessage, request } from 'node:http'
import type { Operation, Wanted } from './checkers/http-history.ts'
import { canaries, type Letter, type World } from './environment.ts'

/** What the answer to a request was; null code: none. */
export interface Answer {
  readonly code: number | null
  readonly text: string
}

/** Who asks for what, as it is recorded. */
type Asked = Pick<Operation, 'by' | 'deed' | 'merchant_uid'> &
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
export type Hands = ReturnType<typeof createHands>

interface Sent {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const page = { origin: 'https://shop.example', 'content-type': 'application/json' }
const key = { authorization: `Bearer ${canaries.merchantKey}`, 'content-type': 'application/json' }
const plain = { 'content-type': 'application/json' }

/** Makes the hands of one history. */
export function createHands(world: World, write: (operation: Operation) => void) {
  const ask = async (asked: Asked, url: string, init: Sent): Promise<Answer> => {
    const from = performance.now()
    const answer = await send(url, init, world.agent)
    const to = performance.now()
    write({ imp_uid: null, claim: null, ...asked, from, to, ...answer })
    // Whoever meets a dead deployment comes back when it lives.
    if (answer.code === null) await world.up()
    return answer
  }
  const post = (
    asked: Asked,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: unknown,
  ) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return ask(asked, `${world.url()}${path}`, { method: 'POST', headers, body: text })
  }
  const stage = (asked: Asked, path: string, body: unknown) =>
    ask(asked, `${world.simulatorUrl}/_simulator/payments${path}`, {
      method: 'POST',
      headers: plain,
      body: JSON.stringify(body),
    })

  return {
    async create({ merchant_uid, amount, currency, stray }: Wanted): Promise<string> {
      const body = { merchant_uid, amount, currency, policy: { stray } }
      for (;;) {
        const { code, text } = await post(
          { by: 'merchant', deed: 'create', merchant_uid },
          '/orders',
          key,
          body,
        )
        if (code === 200 || code === 201) return JSON.parse(text).order_token
        if (code !== null && code < 500) throw new Error(`Cannot create ${merchant_uid}: ${text}`)
        await sleep(150)
      }
    },
    read: (by: string, merchant_uid: string) =>
      ask({ by, deed: 'read', merchant_uid }, `${world.url()}/orders/${merchant_uid}`, {
        headers: key,
      }),
    cancels: (merchant_uid: string) =>
      ask(
        { by: 'merchant', deed: 'cancels', merchant_uid },
        `${world.url()}/orders/${merchant_uid}/cancels`,
        { headers: key },
      ),
    cancel: (by: string, merchant_uid: string, amount: number | null, checksum: number | null) =>
      post(
        { by, deed: 'cancel', merchant_uid, claim: amount },
        `/orders/${merchant_uid}/cancel`,
        key,
        {
          ...(amount === null ? {} : { amount }),
          ...(checksum === null ? {} : { checksum }),
          refund: { holder: '홍길동', bank: '04', account: '110123456789' },
        },
      ),
    /** Gives money back that no order explains. */
    giveBack: (kind: string, { merchant_uid, imp_uid }: Draft) =>
      post(
        { by: 'merchant', deed: 'give_back', merchant_uid, imp_uid },
        `/exceptions/${kind}:${imp_uid}/refund`,
        key,
        {},
      ),
    buyerRead: (by: string, merchant_uid: string, token: string) =>
      ask(
        { by, deed: 'buyer_read', merchant_uid },
        `${world.url()}/payments/orders/${merchant_uid}`,
        { headers: { origin: page.origin, authorization: `Bearer ${token}` } },
      ),
    complete: (by: string, merchant_uid: string, imp_uid: string, claim: string | null = null) =>
      post({ by, deed: 'complete', merchant_uid, imp_uid, claim }, '/payments/complete', page, {
        imp_uid,
        merchant_uid,
        ...(claim === null ? {} : { success: false, error_msg: claim }),
      }),
    redirect: (by: string, merchant_uid: string, imp_uid: string) =>
      ask(
        { by, deed: 'redirect', merchant_uid, imp_uid },
        `${world.url()}/payments/complete?${new URLSearchParams({ imp_uid, merchant_uid }).toString()}`,
        {},
      ),
    confirm: (by: string, merchant_uid: string, imp_uid: string, amount: number) =>
      post(
        { by, deed: 'confirm', merchant_uid, imp_uid, claim: amount },
        '/payments/confirm',
        plain,
        { imp_uid, merchant_uid, amount },
      ),
    /** Carries a letter of the provider to the door, as JSON or as a form. */
    webhook: ({ imp_uid, merchant_uid, status, body }: Letter, isForm: boolean) =>
      post(
        { by: 'provider', deed: 'webhook', merchant_uid, imp_uid, claim: status },
        '/payments/webhook',
        isForm ? { 'content-type': 'application/x-www-form-urlencoded' } : plain,
        isForm ? new URLSearchParams(JSON.parse(body)).toString() : body,
      ),
    /** A webhook that no provider sent; null ids make it rubbish. */
    forge: (merchant_uid: string, imp_uid: string | null, status: string) =>
      post(
        { by: 'stranger', deed: 'webhook', merchant_uid, imp_uid, claim: status },
        '/payments/webhook',
        plain,
        { imp_uid, merchant_uid, status },
      ),
    stage: (draft: Draft) =>
      stage({ by: 'buyer', deed: 'stage', ...idsOf(draft) }, '', {
        ...draft,
        status: 'ready',
        buyer_name: canaries.buyerName,
        buyer_email: canaries.buyerEmail,
      }),
    pay: (draft: Draft, how: 'approve' | 'deposit' | 'approve-late') =>
      stage({ by: 'buyer', deed: 'pay', ...idsOf(draft) }, `/${draft.imp_uid}/${how}`, {}),
    fail: (draft: Draft) =>
      stage({ by: 'buyer', deed: 'fail', ...idsOf(draft) }, `/${draft.imp_uid}/fail`, {}),
    consoleCancel: (draft: Draft, amount: number | null) =>
      stage(
        { by: 'merchant', deed: 'console_cancel', ...idsOf(draft), claim: amount },
        `/${draft.imp_uid}/cancel`,
        amount === null ? {} : { amount },
      ),
  }
}

function idsOf({ merchant_uid, imp_uid }: Draft): Pick<Draft, 'merchant_uid' | 'imp_uid'> {
  return { merchant_uid, imp_uid }
}

/** A request as plainly as Node makes them: `fetch` costs the driver four times as much. */
function send(url: string, asked: Sent, agent: Agent | false): Promise<Answer> {
  const { method = 'GET', headers = {}, body = '' } = asked
  return new Promise((resolve) => {
    const cutOff = (): void => resolve({ code: null, text: '' })
    const sent = request(url, { method, headers, agent }, (response) => {
      readText(response).then((text) => {
        const code = response.statusCode ?? null
        resolve({ code, text: response.headers.location ?? text })
      }, cutOff)
    })
    sent.once('error', (error: NodeJS.ErrnoException) => {
      // A connection that is kept may be closed in the very moment in which it is used again: nobody read it.
      if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(send(url, asked, false))
      else cutOff()
    })
    sent.end(body)
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
