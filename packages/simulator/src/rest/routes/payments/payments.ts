import { Hono } from 'hono'
import type { World } from '../../../context.ts'
import { ownRefusals, type Refusal, refusals } from '../../../domain/refusals.ts'
import { flagOf, readQuery, textsOf, wholeOf } from '../../../runtime/params.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { pageOf, sorted, type WirePage } from '../../../wire/pagination.ts'
import { hasUnknownStatus, isStatus } from '../../../wire/path-params.ts'
import { presentPayment, shownStatus } from '../../../wire/serialize-payment.ts'
import { attemptsAt, momentOf, presentBalance, several } from '../../find-payments.ts'

const ninetyDaysSeconds = 90 * 24 * 60 * 60
const mostIds = 100

/** Everything that reads payments. */
export function payments(world: World): Hono {
  const { ledger, clock, hideSandbox } = world
  const app = new Hono({ strict: false })

  app.get('/payments', (c) => {
    const query = readQuery(c.req.url)
    const asked = [...textsOf(query, 'imp_uid'), ...textsOf(query, 'merchant_uid')]
    if (asked.length > mostIds) return refuse(ownRefusals.tooManyIds)
    const { found, isComplete } = several(world, query)
    if (found.length === 0) return refuse(refusals.unknownPayment)
    return succeed(found.map(presentPayment), isComplete ? 200 : 207)
  })

  app.get('/payments/find/*', (c) => {
    const query = readQuery(c.req.url)
    const [newest] = sorted(attemptsAt(world, c.req.url, '/payments/find/'), query)
    return newest === undefined ? refuse(refusals.unknownPayment) : succeed(presentPayment(newest))
  })

  app.get('/payments/findAll/*', (c) => {
    const found = attemptsAt(world, c.req.url, '/payments/findAll/')
    const query = readQuery(c.req.url)
    if (found.length > 0) return answerPage(pageOf(sorted(found, query), query))
    const isBadStatus = hasUnknownStatus(c.req.url, '/payments/findAll/')
    return refuse(isBadStatus ? refusals.unknownStatus : refusals.unknownPayment)
  })

  app.get('/payments/status/:status?', (c) => {
    const status = c.req.param('status')
    if (status !== 'all' && !isStatus(status)) return refuse(refusals.unknownStatus)
    const query = readQuery(c.req.url)
    const to = wholeOf(query, 'to') ?? clock.seconds()
    const from = wholeOf(query, 'from') ?? to - ninetyDaysSeconds
    if (to - from > ninetyDaysSeconds || from > to) return refuse(ownRefusals.windowTooWide)
    const found = [...ledger.payments.values()].filter((payment) => {
      const at = momentOf(payment, status)
      return (status === 'all' || shownStatus(payment) === status) && at >= from && at <= to
    })
    return answerPage(pageOf(sorted(found, query), query))
  })

  app.get('/payments/:impUid/balance', (c) => {
    const payment = ledger.payments.get(c.req.param('impUid'))
    if (payment === undefined) return refuse(refusals.unknownPayment)
    if (payment.channel.pg_provider !== 'payco')
      return refuse({ ...ownRefusals.pgUnsupported, status: 405 })
    return succeed(presentBalance(payment))
  })

  app.all('/payments/:impUid/balance', () => refuse(ownRefusals.methodNotAllowed))

  app.get('/payments/:impUid', (c) => {
    const payment = ledger.payments.get(c.req.param('impUid'))
    const isHidden =
      hideSandbox && payment?.channel.sandbox && !flagOf(readQuery(c.req.url), 'include_sandbox')
    return payment === undefined || isHidden
      ? refuse(refusals.unknownPayment)
      : succeed(presentPayment(payment))
  })

  return app
}

function answerPage(page: WirePage | Refusal): Response {
  return 'list' in page ? succeed(page) : refuse(page)
}
