// The provider's own books. Nothing of the code under test is imported: what is judged is what a bank would say.

/** One payment as the provider knows it. Times are in ms; null for what did not happen. */
export interface LedgerPayment {
  readonly impUid: string
  readonly merchantUid: string
  readonly billingKey: string
  readonly amount: number
  status: 'ready' | 'paid' | 'failed' | 'cancelled'
  failReason: string | null
  readonly calledAt: number
  /** From when on a lookup finds it: a provider's replicas may be behind. */
  readonly visibleAt: number
  failedAt: number | null
  paidAt: number | null
  cancelledAt: number | null
}

/** One call of `again`, whether or not it had an effect. */
export interface LedgerCall {
  readonly at: number
  readonly merchantUid: string
  readonly billingKey: string
  readonly amount: number
  /** When the call was refused for good, without a payment; null otherwise. */
  refusedAt: number | null
  /** Whether it never arrived: nobody but the ledger can know. */
  readonly isLost: boolean
  /** When it took effect; null while it is on its way. */
  effectAt: number | null
}

/** What the checker reads of a provider. */
export interface Books {
  readonly calls: readonly LedgerCall[]
  readonly payments: readonly LedgerPayment[]
  find(merchantUid: string): readonly LedgerPayment[]
}

/** What becomes of a call: drawn by the schedule. */
export interface CallFate {
  readonly effect: 'now' | 'later' | 'never'
  readonly isAnswered: boolean
  /** How long lookups do not find its payment, in ms. */
  readonly hiddenMs: number
  readonly result: 'paid' | 'ready' | { readonly declined: string }
}

/** What a call returns: a payment, a refusal without one, or nothing. */
export type CallAnswer =
  | { readonly kind: 'payment'; readonly payment: LedgerPayment }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'none' }

const alreadyPaid =
  '이미 주문이 이루어진 건입니다. (동일한 merchant_uid로 결제 또는 취소된 기록이 있습니다)'
const unknownKey = '등록되지 않은 구매자입니다.'

/** The provider: calls, payments, and what happens later by itself. */
export class Ledger implements Books {
  readonly calls: LedgerCall[] = []
  readonly payments: LedgerPayment[] = []
  /** Webhooks that are to be sent. A failed charge sends none. */
  readonly webhooks: LedgerPayment[] = []
  readonly #later: { readonly at: number; readonly run: () => void }[] = []
  readonly #hasKey: (billingKey: string) => boolean

  constructor(hasKey: (billingKey: string) => boolean) {
    this.#hasKey = hasKey
  }

  /** When something happens next by itself; null for nothing. */
  nextAt(): number | null {
    return this.#later.length === 0 ? null : Math.min(...this.#later.map(({ at }) => at))
  }

  /** Lets happen what is due. */
  run(now: number): void {
    for (const due of this.#later.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at)) {
      this.#later.splice(this.#later.indexOf(due), 1)
      due.run()
    }
  }

  plan(at: number, run: () => void): void {
    this.#later.push({ at, run })
  }

  again(
    asked: Pick<LedgerCall, 'merchantUid' | 'billingKey' | 'amount'>,
    fate: CallFate,
    now: number,
    laterMs: number,
  ): CallAnswer {
    const call: LedgerCall = {
      ...asked,
      at: now,
      refusedAt: null,
      isLost: fate.effect === 'never',
      effectAt: null,
    }
    this.calls.push(call)
    switch (fate.effect) {
      case 'never':
        return { kind: 'none' }
      case 'later':
        this.plan(now + laterMs, () => void this.#charge(call, fate, now + laterMs))
        return { kind: 'none' }
      case 'now': {
        const answer = this.#charge(call, fate, now)
        return fate.isAnswered ? answer : { kind: 'none' }
      }
    }
  }

  find(merchantUid: string): readonly LedgerPayment[] {
    return this.payments.filter((payment) => payment.merchantUid === merchantUid)
  }

  lookUp(merchantUid: string, now: number): readonly LedgerPayment[] {
    return this.find(merchantUid).filter(({ visibleAt }) => visibleAt <= now)
  }

  cancel(payment: LedgerPayment, now: number): void {
    if (payment.status !== 'paid') return
    payment.status = 'cancelled'
    payment.cancelledAt = now
  }

  /** A failed payment is paid after all: a late approval, or the console's recovery. */
  recover(payment: LedgerPayment, now: number): void {
    const isPaid = this.find(payment.merchantUid).some(({ status }) => status !== 'failed')
    if (payment.status === 'failed' && !isPaid) this.#pay(payment, now)
  }

  #charge(call: LedgerCall, { result, hiddenMs }: CallFate, now: number): CallAnswer {
    call.effectAt = now
    const { merchantUid, billingKey, amount } = call
    const isTaken = this.find(merchantUid).some(({ status }) => status !== 'failed')
    const refusal = isTaken ? alreadyPaid : this.#hasKey(billingKey) ? null : unknownKey
    if (refusal !== null) {
      if (!isTaken) call.refusedAt = now
      return { kind: 'refused', message: refusal }
    }
    const payment: LedgerPayment = {
      impUid: `imp_${this.payments.length + 1}`,
      merchantUid,
      billingKey,
      amount,
      status: 'ready',
      failReason: null,
      calledAt: call.at,
      visibleAt: now + hiddenMs,
      failedAt: null,
      paidAt: null,
      cancelledAt: null,
    }
    this.payments.push(payment)
    if (result === 'paid') this.#pay(payment, now)
    else if (result === 'ready')
      this.plan(now + 3_600_000, () => this.#pay(payment, now + 3_600_000))
    else this.#decline(payment, result.declined, now)
    return { kind: 'payment', payment }
  }

  #pay(payment: LedgerPayment, now: number): void {
    payment.status = 'paid'
    payment.paidAt = now
    payment.failReason = null
    this.webhooks.push(payment)
  }

  #decline(payment: LedgerPayment, text: string, now: number): void {
    payment.status = 'failed'
    payment.failedAt = now
    payment.failReason = text
  }
}
