import {
  decideSubscription,
  recordLookUp,
  recordRefusal,
  type SubscriptionState,
  type SubscriptionStep,
  type SubscriptionWrite,
} from '../../../packages/core/src/index.ts'
import type { CallAnswer, LedgerPayment } from './ledger.ts'
import type { ModelStore } from './model-store.ts'

/** The world around a sweeper. Each call of it takes effect, or not, as the schedule draws. */
export interface SweeperPorts {
  readonly store: ModelStore
  readonly now: () => number
  readonly billingKeys: () => readonly string[]
  readonly again: (attempt: Called) => CallAnswer
  /** Null when the provider does not answer. */
  readonly lookUp: (merchantUid: string) => readonly LedgerPayment[] | null
  readonly refund: (merchantUid: string) => void
}

type Called = Extract<SubscriptionStep, { kind: 'charge' }>['attempt']
type CallStep = Extract<
  SubscriptionStep,
  { readonly attempt: Called; readonly kind: 'charge' | 'send_again' | 'look_up' | 'refund' }
>

/** A way of being wrong on purpose. */
export interface Flaw {
  /** The decision, when it is another one. */
  readonly decide?: (state: SubscriptionState, now: number) => SubscriptionStep
  /** The call is made before its intent is written. */
  readonly callsFirst?: true
  /** A call without an answer is made again at once. */
  readonly repeatsCalls?: true
  /** Writes do not compare the sequence. */
  readonly writesBlindly?: true
  /** A wait does not compare the sequence. */
  readonly waitsBlindly?: true
  /** A period is booked in one transaction and the next one planned in another. */
  readonly booksBeforePlanning?: true
  /** What is written of a refusal. */
  readonly readRefusal?: (message: string) => string
  /** What is written of a step. */
  readonly patch?: (step: SubscriptionStep) => SubscriptionWrite | null
}

const maxSteps = 12

/** One run of the job for one subscription. It stands still, or dies, at each `yield`. */
export function* sweep(ports: SweeperPorts, flaw: Flaw): Generator<void> {
  const { store, now } = ports
  const decide = flaw.decide ?? decideSubscription
  for (let steps = 0; steps < maxSteps; steps++) {
    const state = store.read(ports.billingKeys())
    yield
    const step = decide(state, now())
    if (step.kind === 'wait') {
      const sequence = flaw.waitsBlindly
        ? store.read([]).subscription.sequence
        : state.subscription.sequence
      if (store.wait(sequence, step.until)) return
      continue
    }
    if (flaw.callsFirst && isCall(step)) {
      yield* call(step, ports, flaw)
      yield
    }
    if (!write(state, flaw.patch?.(step) ?? step.write, store, flaw)) continue
    if (step.kind === 'book' && flaw.booksBeforePlanning) {
      const { dueAt } = store
      store.forget()
      yield
      store.wait(store.read([]).subscription.sequence, dueAt)
    }
    yield
    if (isCall(step) && !flaw.callsFirst) yield* call(step, ports, flaw)
  }
}

function isCall(step: SubscriptionStep): step is CallStep {
  return step.kind !== 'wait' && step.kind !== 'book' && step.kind !== 'change'
}

function* call(step: CallStep, ports: SweeperPorts, flaw: Flaw): Generator<void> {
  const { attempt } = step
  const { store, now } = ports
  const { merchantUid } = attempt
  switch (step.kind) {
    case 'charge':
    case 'send_again': {
      let answer = ports.again(attempt)
      yield
      if (answer.kind === 'none' && flaw.repeatsCalls) answer = ports.again(attempt)
      if (answer.kind === 'payment') store.applyRecord(answer.payment, now())
      if (answer.kind !== 'refused') return
      const message = flaw.readRefusal?.(answer.message) ?? answer.message
      yield* record(ports, flaw, (state) => recordRefusal(state, merchantUid, message, now()))
      return
    }
    case 'look_up': {
      const askedAt = now()
      const found = ports.lookUp(merchantUid)
      yield
      if (found === null) return
      for (const payment of found) store.applyRecord(payment, now())
      yield
      yield* record(ports, flaw, (state) =>
        recordLookUp(state, merchantUid, found.length > 0, askedAt, now()),
      )
      return
    }
    case 'refund': {
      ports.refund(merchantUid)
      yield
      for (const payment of ports.lookUp(merchantUid) ?? []) store.applyRecord(payment, now())
    }
  }
}

/** Writes what became of a call, on whatever the subscription has become meanwhile. */
function* record(
  { store, billingKeys }: SweeperPorts,
  flaw: Flaw,
  toWrite: (state: SubscriptionState) => SubscriptionWrite | null,
): Generator<void> {
  for (let tries = 0; tries < 3; tries++) {
    const state = store.read(billingKeys())
    const written = toWrite(state)
    yield
    if (written === null || write(state, written, store, flaw)) return
  }
}

function write(
  { subscription }: SubscriptionState,
  written: SubscriptionWrite,
  store: ModelStore,
  flaw: Flaw,
): boolean {
  const sequence = flaw.writesBlindly ? store.read([]).subscription.sequence : subscription.sequence
  return store.write(sequence, written)
}
