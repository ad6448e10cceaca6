import type { Evidence, Operation, Wanted } from './http-history.ts'
import { findBackward, type Landmark, type Sight } from './linearizability-checker.ts'
import { judgeMoney } from './money-checker.ts'
import { judgeTries, readTale, type Tale } from './order-checker.ts'

// Holds what outsiders saw against each other, by the documented words alone.

/** Which standings a word of a door or of a page may stand for; a word that is not here says nothing. */
const wordsOfPages: Readonly<Record<string, readonly string[]>> = {
  success: ['paid'],
  vbankIssued: ['vbank_issued'],
  vbank: ['vbank_issued'],
  cancelled: ['cancelled'],
  partiallyCancelled: ['partially_cancelled'],
}
const wordsOfBuyers: Readonly<Record<string, readonly string[]>> = {
  ...wordsOfPages,
  failed: ['failed', 'expired'],
  pending: ['pending'],
}
const open = ['pending', 'vbank_issued', 'failed']
const everPaid = ['paid', 'partially_cancelled', 'cancelled', 'expired']

/** What is done at the provider, whose answers are not judged. */
const upstream: readonly string[] = ['stage', 'pay', 'fail', 'console_cancel']

/** The longest that a lookup may take, and for how long a provider in trouble is left alone. */
const lookupMs = 4_000
const restMs = 70_000
/** A notice may give up when others changed its order so often meanwhile. */
const manyChanges = 4

/** Says what is wrong with a history; nothing when all of it fits together. */
export function judgeHistory(seen: Evidence): readonly string[] {
  const tales = new Map(seen.wanted.map((order) => [order.merchant_uid, readTale(order, seen)]))
  return [
    ...[...tales.values()].flatMap((tale) => [
      ...tale.wrong,
      ...judgeSights(tale, seen),
      ...judgeMoney(tale, seen),
    ]),
    ...seen.operations.flatMap((each) => judgeAnswer(each, tales.get(each.merchant_uid), seen)),
    ...judgeTries(seen.told),
    ...judgeSecrets(seen),
    ...seen.untried.map((id) => `event ${id} was not even tried in two minutes`),
  ]
}

/** I6, I13: whoever looks later sees no less, whichever door he looks through. */
function judgeSights(tale: Tale, seen: Evidence): readonly string[] {
  const own = seen.operations.filter((each) => each.merchant_uid === tale.order.merchant_uid)
  const sights = own.flatMap((each) => toSight(each, tale, seen))
  const landmarks: Landmark[] = tale.steps.map(({ step, at }) => ({ step, at }))
  for (const each of own) {
    const step = promised(each, tale, seen)
    if (step !== null) landmarks.push({ step, at: each.to })
  }
  return findBackward(sights, landmarks)
}

function toSight(operation: Operation, tale: Tale, seen: Evidence): readonly Sight[] {
  // An order that is not there yet is refused as a closed one would be.
  if (operation.deed === 'confirm' && !wasCreated(operation, seen)) return []
  const steps = toSteps(operation, tale)
  if (steps === null) return []
  return [{ what: name(operation), from: operation.from, to: operation.to, steps }]
}

/** The steps of its order that an answer fits; null when it says nothing of them. */
function toSteps(operation: Operation, tale: Tale): readonly number[] | null {
  const { deed, code, text, claim } = operation
  const body = readObject(text)
  const standing = (words: readonly string[] | undefined) =>
    words === undefined
      ? null
      : tale.steps.filter(({ status }) => words.includes(status)).map(({ step }) => step)
  switch (deed) {
    case 'create':
    case 'read':
    case 'cancel':
      return typeof body['sequence'] === 'number' ? [body['sequence']] : null
    case 'buyer_read':
      return code === 200 ? standing(wordsOfBuyers[String(body['status'])]) : null
    case 'complete':
      return code === 200 ? standing(wordsOfPages[String(body['status'])]) : null
    case 'redirect': {
      const page = text.split('/').at(-1) ?? ''
      return page === 'cancelled'
        ? standing(['cancelled', 'partially_cancelled'])
        : standing(wordsOfPages[page])
    }
    case 'confirm':
      if (code === 200) return standing(open)
      return code === 409 && claim === tale.order.amount ? standing(everPaid) : null
    case 'webhook':
    case 'cancels':
    case 'give_back':
    case 'stage':
    case 'pay':
    case 'fail':
    case 'console_cancel':
      return null
  }
}

/** I10: a webhook that was answered 2xx is not sent again, so from then on its news is there. */
function promised(operation: Operation, tale: Tale, seen: Evidence): number | null {
  const { deed, code, claim, imp_uid, from } = operation
  if (deed !== 'webhook' || code !== 200 || !isHonest(operation, tale.order, seen)) return null
  // A provider in trouble may show an old record, which is then the truth that the notice meets.
  if (seen.troubles.some(({ kind }) => kind === 'provider')) return null
  const done = seen.operations.filter((each) => each.imp_uid === imp_uid && each.to < from)
  const isTrue =
    operation.by === 'provider' || done.some((each) => each.deed === 'pay' && each.code === 200)
  if (claim === 'paid' && isTrue) {
    return tale.steps.find(({ status }) => everPaid.includes(status))?.step ?? Infinity
  }
  const isAlone = tale.steps.every((each) => each.imp_uid === null || each.imp_uid === imp_uid)
  if (claim !== 'cancelled' || !isAlone || tale.final?.imp_uid !== imp_uid) return null
  const given = done
    .filter((each) => each.deed === 'console_cancel' && each.code === 200)
    .map((each) => Number(readObject(each.text)['cancel_amount']))
  const least = Math.max(0, ...given)
  return tale.steps.find((each) => each.cancelled >= least)?.step ?? Infinity
}

/** What one answer may not be, whatever else happened. */
function judgeAnswer(
  operation: Operation,
  tale: Tale | undefined,
  seen: Evidence,
): readonly string[] {
  const wrong = explainAnswer(operation, tale, seen)
  return wrong === null ? [] : [`${name(operation)}: ${wrong}`]
}

function explainAnswer(
  operation: Operation,
  tale: Tale | undefined,
  seen: Evidence,
): string | null {
  const { deed, code, from, to, claim, imp_uid } = operation
  const hasDied = seen.troubles.some(
    (each) => each.kind === 'death' && each.from <= to && from <= each.to,
  )
  if (code === null) return hasDied ? null : 'no answer, though nothing died'
  if (upstream.includes(deed)) return null
  const isExcused = isTroubled(operation, seen) || (/cancel|give_back/.test(deed) && code === 503)
  if (code >= 500 && code !== 503 && !isExcused) return 'an internal error'
  const isHonestOne = tale !== undefined && isHonest(operation, tale.order, seen)
  const isThere = wasCreated(operation, seen)
  switch (deed) {
    case 'webhook': {
      if (imp_uid === null) return code >= 500 ? 'a resend of rubbish was asked for' : null
      if (code === 503) {
        // A record that is refunded after it was looked up is old, and the next look finds the newer one.
        const isKnown = seen.booked.some(
          (each) => each.imp_uid === imp_uid && each.cancel_amount === 0,
        )
        const isBusy = (tale?.steps.length ?? 0) > manyChanges
        const isDue = isThere && isKnown && wasStaged(operation, seen)
        return isDue && !isExcused && !isBusy ? 'a resend was asked for that cannot help' : null
      }
      return code === 200 ? null : 'refused, though it can be read'
    }
    case 'complete': {
      const word = readObject(operation.text)['status']
      if (word === 'forgery') return isHonestOne && isThere ? 'honest, and called forgery' : null
      if (code === 200) return isHonestOne ? null : 'a forgery was believed'
      return code === 202 ? null : 'an answer outside the documented ones'
    }
    case 'redirect': {
      const page = operation.text.split('/').at(-1)
      if (page === 'failed') {
        const hasFailed =
          claim !== null ||
          tale?.steps.some(({ status }) => status === 'failed' || status === 'expired') === true
        return isHonestOne && isThere && !hasFailed ? 'honest, and led to the failure page' : null
      }
      return page === 'pending' || isHonestOne ? null : 'a forgery was led to a good page'
    }
    case 'confirm':
      return code === 200 && claim !== tale?.order.amount ? 'another amount was approved' : null
    case 'buyer_read':
      if (operation.by === 'stranger') return code === 404 ? null : 'a stranger was let in'
      return code === 200 || isExcused ? null : 'the buyer was turned away'
    case 'read':
    case 'cancels':
      return code === 200 || !isThere || isExcused ? null : 'an order that is there was not shown'
    case 'create':
    case 'cancel':
    case 'give_back':
    case 'stage':
    case 'pay':
    case 'fail':
    case 'console_cancel':
      return null
  }
}

/** Whether the provider or the deployment was in trouble, or is being left alone after it. */
function isTroubled({ from, to }: Operation, seen: Evidence): boolean {
  const isSlow = to - from >= lookupMs
  return (
    isSlow ||
    seen.troubles.some(
      (each) => each.kind !== 'receiver' && each.from <= to && from <= each.to + restMs,
    )
  )
}

/** Whether the payment that is spoken of is of this order, of its amount and its currency. */
function isHonest({ imp_uid }: Operation, order: Wanted, seen: Evidence): boolean {
  const payment = seen.booked.find((each) => each.imp_uid === imp_uid)
  return (
    payment?.merchant_uid === order.merchant_uid &&
    payment.amount === order.amount &&
    payment.currency === order.currency
  )
}

function wasCreated({ merchant_uid, from }: Operation, seen: Evidence): boolean {
  return seen.operations.some(
    (each) =>
      each.deed === 'create' &&
      each.merchant_uid === merchant_uid &&
      (each.code === 200 || each.code === 201) &&
      each.to < from,
  )
}

function wasStaged({ imp_uid, from }: Operation, seen: Evidence): boolean {
  return seen.operations.some(
    (each) => each.deed === 'stage' && each.imp_uid === imp_uid && each.to < from,
  )
}

/** I12: no secret leaves, and an order's token only by the merchant's own door. */
function judgeSecrets({ operations, told, secrets }: Evidence): readonly string[] {
  const merchants = ['create', 'read', 'cancel']
  const tokens = operations
    .filter(({ deed }) => merchants.includes(deed))
    .map(({ text }) => readObject(text)['order_token'])
    .filter((token) => typeof token === 'string')
  const withoutTokens = operations.filter(({ deed }) => !merchants.includes(deed))
  const ours = operations.filter(({ deed }) => !upstream.includes(deed))
  const leaks = (texts: readonly string[], words: Iterable<string>) =>
    [...words].some((word) => texts.some((text) => text.includes(word)))
  const events = told.map(({ text }) => text)
  return [
    ...(leaks([...ours.map(({ text }) => text), ...events], secrets) ? ['a secret came out'] : []),
    ...(leaks([...withoutTokens.map(({ text }) => text), ...events], new Set(tokens))
      ? ["an order's token came out by another door"]
      : []),
  ]
}

function name({ by, deed, merchant_uid, imp_uid, code, from }: Operation): string {
  return `${merchant_uid} ${by} ${deed} ${imp_uid ?? ''} at ${Math.round(from)} (${code ?? 'cut off'})`
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith('{')) return {}
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
