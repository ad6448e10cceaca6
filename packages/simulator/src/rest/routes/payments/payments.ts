import { type Context, Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import { ownRefusals, refusals } from '../../../domain/refusals.ts'
import { flagOf, integerOf, type Params, readQuery, textsOf } from '../../../runtime/params.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { pageOfPayments, sortPayments } from '../../../wire/pagination.ts'
import { hasUnknownStatus, isStatus } from '../../../wire/path-params.ts'
import { serializePayment, wireStatus } from '../../../wire/serialize-payment.ts'
import { findAttempts, findPayments, serializeBalance, timestampOf } from '../../find-payments.ts'

const ninetyDaysSeconds = 90 * 24 * 60 * 60
const maxIds = 100

/** The operations that read payments. */
export function payments(context: SimulatorContext): Hono {
  const app = new Hono({ strict: false })
  app.get('/payments', (c) => listByIds(c, context))
  app.get('/payments/find/*', (c) => findNewest(c, context))
  app.get('/payments/findAll/*', (c) => findAll(c, context))
  app.get('/payments/status/:status?', (c) => listByStatus(c, c.req.param('status'), context))
  app.get('/payments/:impUid/balance', (c) => showBalance(c.req.param('impUid'), context))
  app.all('/payments/:impUid/balance', () => refuse(ownRefusals.methodNotAllowed))
  app.get('/payments/:impUid', (c) => showPayment(c, c.req.param('impUid'), context))
  return app
}

function listByIds(c: Context, context: SimulatorContext): Response {
  const query = readQuery(c.req.url)
  const ids = [...textsOf(query, 'imp_uid'), ...textsOf(query, 'merchant_uid')]
  if (ids.length > maxIds) return refuse(ownRefusals.tooManyIds)
  const { found, isComplete } = findPayments(context, query)
  if (found.length === 0) return refuse(refusals.unknownPayment)
  return succeed(
    found.map((payment) => serializePayment(payment, context.origin)),
    isComplete ? 200 : 207,
  )
}

function findNewest(c: Context, context: SimulatorContext): Response {
  const query = readQuery(c.req.url)
  const [newest] = sortPayments(findAttempts(context, c.req.url, '/payments/find/'), query)
  return newest === undefined
    ? refuse(refusals.unknownPayment)
    : succeed(serializePayment(newest, context.origin))
}

function findAll(c: Context, context: SimulatorContext): Response {
  const found = findAttempts(context, c.req.url, '/payments/findAll/')
  const query = readQuery(c.req.url)
  if (found.length > 0) return respondWithPage(found, query, context)
  const isBadStatus = hasUnknownStatus(c.req.url, '/payments/findAll/')
  return refuse(isBadStatus ? refusals.unknownStatus : refusals.unknownPayment)
}

function listByStatus(c: Context, status: string | undefined, context: SimulatorContext): Response {
  const { state, clock } = context
  if (status !== 'all' && !isStatus(status)) return refuse(refusals.unknownStatus)
  const query = readQuery(c.req.url)
  const to = integerOf(query, 'to') ?? clock.seconds()
  const from = integerOf(query, 'from') ?? to - ninetyDaysSeconds
  if (to - from > ninetyDaysSeconds || from > to) return refuse(ownRefusals.windowTooWide)
  const found = [...state.payments.values()].filter((payment) => {
    const at = timestampOf(payment, status)
    return (status === 'all' || wireStatus(payment) === status) && at >= from && at <= to
  })
  return respondWithPage(found, query, context)
}

function showBalance(impUid: string, { state }: SimulatorContext): Response {
  const payment = state.payments.get(impUid)
  if (payment === undefined) return refuse(refusals.unknownPayment)
  if (payment.channel.pg_provider !== 'payco')
    return refuse({ ...ownRefusals.pgUnsupported, status: 405 })
  return succeed(serializeBalance(payment))
}

function showPayment(
  c: Context,
  impUid: string,
  { state, hideSandbox, origin }: SimulatorContext,
): Response {
  const payment = state.payments.get(impUid)
  const isHidden =
    hideSandbox && payment?.channel.sandbox && !flagOf(readQuery(c.req.url), 'include_sandbox')
  return payment === undefined || isHidden
    ? refuse(refusals.unknownPayment)
    : succeed(serializePayment(payment, origin))
}

function respondWithPage(
  found: readonly Payment[],
  query: Params,
  { origin }: SimulatorContext,
): Response {
  const page = pageOfPayments(sortPayments(found, query), query, origin)
  return 'list' in page ? succeed(page) : refuse(page)
}
