import { type Clock, createSimulator } from '../../../../packages/simulator/src/index.ts'
import type { Prng } from '../../engine/prng.ts'
import type { Books, LedgerCall, LedgerPayment } from '../ledger.ts'
import { type Account, first } from './accounts.ts'

const minuteMs = 60_000
const goodCard = '4518-4212-3456-7894'
const badCards = ['4000-0000-0000-9995', '4000-0000-0000-9995', '4000-0000-0000-0002'] as const

interface Answer {
  readonly code: number
  readonly message: string | null
  readonly response: Readonly<Record<string, unknown>> | null
}

/** The provider's simulator behind a network that loses requests and answers, and everything that reached it. */
export class Provider implements Books {
  readonly calls: LedgerCall[] = []
  readonly payments: LedgerPayment[] = []
  readonly webhooks: LedgerPayment[] = []
  hasFaults = true
  readonly #simulator: ReturnType<typeof createSimulator>
  readonly account: Account
  readonly #clock: Clock
  readonly #prng: Prng
  readonly #later: { readonly at: number; readonly run: () => Promise<unknown> }[] = []

  /** With several accounts each numbers its payments from 1, as the others do. */
  constructor(clock: Clock, prng: Prng, account: Account = first, isOnly = true) {
    this.account = account
    this.#clock = clock
    this.#prng = prng
    const { impKey, impSecret } = account
    let count = 0
    const newId = () => `imp_${String(++count).padStart(12, '0')}`
    this.#simulator = createSimulator({
      clock,
      credentials: { impKey, impSecret },
      ...(isOnly ? {} : { newId }),
    })
  }

  /** Stores a payment that was made in a window, and tells nobody. Returns its `imp_uid`. */
  async pay(merchantUid: string, amount: number): Promise<string> {
    const answer = await this.#control('/payments', {
      merchant_uid: merchantUid,
      amount,
      currency: 'KRW',
    })
    return String(((await answer.json()) as Readonly<Record<string, unknown>>)['imp_uid'])
  }

  /** Answers as if the request had been sent with this account's keys. */
  async answerInstead({ url }: Request): Promise<Response> {
    const { pathname, search } = new URL(url)
    return Response.json(await this.#send('GET', `${pathname}${search}`))
  }

  find(merchantUid: string): readonly LedgerPayment[] {
    return this.payments.filter((payment) => payment.merchantUid === merchantUid)
  }

  /** When a call that is on its way takes effect; null for nothing. */
  nextAt(): number | null {
    return this.#later.length === 0 ? null : Math.min(...this.#later.map(({ at }) => at))
  }

  async run(): Promise<void> {
    for (const due of this.#later.filter(({ at }) => at <= this.#now())) {
      this.#later.splice(this.#later.indexOf(due), 1)
      await due.run()
    }
  }

  /** The network between an instance of the server and the provider. */
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/subscribe/payments/again') return this.#again(request)
    if (pathname === '/payments/cancel') return this.#cancel(request)
    if (this.#isDrawn(5)) throw new TypeError('The connection was reset')
    return this.#simulator.fetch(request)
  }

  async register(billingKey: string, card: string = goodCard): Promise<void> {
    const body = { card_number: card, expiry: '2032-12', birth: '900101' }
    await this.#send('POST', `/subscribe/customers/${billingKey}`, body)
  }

  /** A failed payment is paid after all, as the console's recovery does. */
  async recover(payment: LedgerPayment): Promise<void> {
    if (this.find(payment.merchantUid).some(({ status }) => status !== 'failed')) return
    const { ok } = await this.#control(`/payments/${payment.impUid}/approve-late`, {})
    if (ok) this.#pay(payment)
  }

  async #again(sent: Request): Promise<Response> {
    const body = await sent.text()
    // Without the signal of its caller, who may have given up when it arrives.
    const request = new Request(sent.url, { method: 'POST', headers: sent.headers, body })
    const asked = JSON.parse(body) as Readonly<Record<string, string | number>>
    const fate = this.hasFaults ? this.#prng.below(10) : 9
    const call: LedgerCall = {
      at: this.#now(),
      merchantUid: String(asked['merchant_uid']),
      billingKey: String(asked['customer_uid']),
      amount: Number(asked['amount']),
      refusedAt: null,
      isLost: fate === 0,
      effectAt: null,
    }
    this.calls.push(call)
    if (fate === 0) throw new TypeError('The connection was reset')
    const card = this.hasFaults && this.#prng.below(100) < 35 ? this.#drawBadCard() : goodCard
    if (fate === 1) {
      const at = call.at + 1_000 + this.#prng.below(8 * minuteMs)
      this.#later.push({ at, run: () => this.#charge(request, call, card) })
      throw new TypeError('The connection was reset')
    }
    const response = await this.#charge(request, call, card)
    if (fate <= 3) throw new TypeError('The connection was reset')
    return response
  }

  async #charge(request: Request, call: LedgerCall, card: string): Promise<Response> {
    const { merchantUid, billingKey, amount } = call
    const key = await this.#send('GET', `/subscribe/customers/${billingKey}`)
    if (key.response !== null) await this.register(billingKey, card)
    const response = await this.#simulator.fetch(request.clone())
    const { code, response: record } = (await response.clone().json()) as Answer
    call.effectAt = this.#now()
    if (code !== 0 || record === null) {
      if (this.find(merchantUid).every(({ status }) => status === 'failed'))
        call.refusedAt = this.#now()
      return response
    }
    const payment: LedgerPayment = {
      impUid: String(record['imp_uid']),
      merchantUid,
      billingKey,
      amount,
      status: 'failed',
      failReason: null,
      calledAt: call.at,
      visibleAt: this.#now(),
      failedAt: record['status'] === 'failed' ? this.#now() : null,
      paidAt: null,
      cancelledAt: null,
    }
    this.payments.push(payment)
    if (record['status'] === 'paid') this.#pay(payment)
    return response
  }

  async #cancel(request: Request): Promise<Response> {
    if (this.#isDrawn(10)) throw new TypeError('The connection was reset')
    const response = await this.#simulator.fetch(request)
    const { response: record } = (await response.clone().json()) as Answer
    const payment = this.payments.find(({ impUid }) => impUid === record?.['imp_uid'])
    if (payment !== undefined && record?.['status'] === 'cancelled') {
      payment.status = 'cancelled'
      payment.cancelledAt = this.#now()
    }
    if (this.#isDrawn(10)) throw new TypeError('The connection was reset')
    return response
  }

  #control(path: string, body: unknown): Promise<Response> {
    return this.#simulator.fetch(
      new Request(`${this.account.url}/_simulator${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  }

  async #send(method: string, path: string, body?: unknown): Promise<Answer> {
    const token = await this.#simulator.fetch(
      new Request(`${this.account.url}/users/getToken`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          imp_key: this.account.impKey,
          imp_secret: this.account.impSecret,
        }),
      }),
    )
    const { response } = (await token.json()) as Answer
    const answer = await this.#simulator.fetch(
      new Request(`${this.account.url}${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          authorization: String(response?.['access_token']),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
    return (await answer.json()) as Answer
  }

  #pay(payment: LedgerPayment): void {
    payment.status = 'paid'
    payment.paidAt = this.#now()
    this.webhooks.push(payment)
  }

  #drawBadCard(): string {
    return badCards[this.#prng.below(badCards.length)] ?? badCards[0]
  }

  #isDrawn(percent: number): boolean {
    return this.hasFaults && this.#prng.below(100) < percent
  }

  #now(): number {
    return this.#clock.now().getTime()
  }
}
