import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import {
  move,
  reschedule,
  retryRefusalOf,
  revoke,
  type Schedule,
  type ScheduleTransition,
} from '../../../domain/billing/schedule.ts'
import { explainSchedule, ownRefusals, refusals } from '../../../domain/refusals.ts'
import {
  integerOf,
  type Params,
  readBody,
  readQuery,
  textOf,
  textsOf,
} from '../../../runtime/params.ts'
import { createSchedules } from '../../../services/billing/create-schedules.ts'
import {
  isApproved,
  planSchedule,
  runSchedule,
  saveSchedule,
} from '../../../services/billing/run-schedule.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { idsAt } from '../../../wire/path-params.ts'
import { serializePayment } from '../../../wire/serialize-payment.ts'
import { serializeStoredSchedule } from '../../../wire/serialize-schedule.ts'
import { listSchedules, rangeOf } from '../../list-schedules.ts'

const base = '/subscribe/payments/schedule'
const one = `${base}/:uid{.+}`

/** Scheduled charges: created, cancelled, moved, retried and listed. */
export function schedules(context: SimulatorContext): Hono {
  const app = new Hono({ strict: false })
  app.route('/', listRoutes(context))
  app.route('/', changeRoutes(context))

  app.post(base, async (c) => {
    const created = createSchedules(context, await readBody(c.req.raw))
    if (!created.ok) return refuse(created.refusal)
    return succeed(created.schedules.map((schedule) => serializeStoredSchedule(context, schedule)))
  })

  app.post('/subscribe/payments/unschedule', async (c) => {
    const revoked = revokable(context, await readBody(c.req.raw)).map((schedule) =>
      saveSchedule(context, revoke(schedule, context.clock.seconds())),
    )
    if (revoked.length === 0) return refuse(refusals.nothingToUnschedule)
    return succeed(revoked.map((schedule) => serializeStoredSchedule(context, schedule)))
  })

  app.get(one, (c) => {
    const schedule = scheduleAt(context, c.req.url)
    if (schedule === undefined) return refuse(ownRefusals.scheduleUnknown)
    return succeed(serializeStoredSchedule(context, schedule))
  })

  return app
}

function listRoutes(context: SimulatorContext): Hono {
  const app = new Hono({ strict: false })
  const ofCustomer = (url: string, uids: string[]): Response => {
    const query = readQuery(url)
    const range = rangeOf(query, { from: 'from', to: 'to', status: 'schedule-status' })
    if ('code' in range) return refuse(range)
    return listSchedules(context, { ...range, customerUids: uids }, { page: query['page'] })
  }
  app.get('/subscribe/customers/:uid{.+}/schedules', (c) =>
    ofCustomer(c.req.url, idsAt(c.req.url, '/subscribe/customers/', '/schedules')),
  )
  app.get(`${base}/customers/:uid{.+}`, (c) =>
    ofCustomer(c.req.url, idsAt(c.req.url, `${base}/customers/`)),
  )
  app.get(base, (c) => {
    const query = readQuery(c.req.url)
    const range = rangeOf(query, {
      from: 'schedule_from',
      to: 'schedule_to',
      status: 'schedule_status',
    })
    if ('code' in range) return refuse(range)
    return listSchedules(context, { ...range, customerUids: null }, query)
  })
  return app
}

function changeRoutes(context: SimulatorContext): Hono {
  const app = new Hono({ strict: false })

  app.post(`${one}/retry`, (c) => {
    const schedule = scheduleAt(context, c.req.url, '/retry')
    if (schedule === undefined) return refuse(ownRefusals.scheduleUnknown)
    if (!context.state.billingKeys.has(schedule.customerUid)) {
      return refuse({ ...refusals.unknownScheduleBuyer, status: 404 })
    }
    const reason = retryRefusalOf(schedule, isApproved(context, schedule))
    if (reason !== null) return refuse(explainSchedule(reason))
    return succeed(serializePayment(runSchedule(context, schedule), context.origin))
  })

  app.post(`${one}/reschedule`, async (c) => {
    const schedule = scheduleAt(context, c.req.url, '/reschedule')
    return respondToChange(context, schedule, await readBody(c.req.raw), (found, times) =>
      reschedule(found, isApproved(context, found), times),
    )
  })

  app.put(one, async (c) =>
    respondToChange(
      context,
      scheduleAt(context, c.req.url),
      await readBody(c.req.raw),
      (found, { scheduleAt: to, at }) => move(found, to, at),
    ),
  )

  return app
}

function respondToChange(
  context: SimulatorContext,
  schedule: Schedule | undefined,
  params: Params,
  change: (found: Schedule, times: { scheduleAt: number; at: number }) => ScheduleTransition,
): Response {
  if (schedule === undefined) return refuse(ownRefusals.scheduleUnknown)
  const requestedAt = integerOf(params, 'schedule_at')
  if (requestedAt === null) return refuse(ownRefusals.scheduleAtMissing)
  const changed = change(schedule, { scheduleAt: requestedAt, at: context.clock.seconds() })
  if (!changed.ok) return refuse(explainSchedule(changed.reason))
  return succeed(serializeStoredSchedule(context, planSchedule(context, changed.schedule)))
}

function scheduleAt({ state }: SimulatorContext, url: string, suffix = ''): Schedule | undefined {
  return idsAt(url, `${base}/`, suffix).flatMap((uid) => state.schedules.get(uid) ?? [])[0]
}

function revokable({ state }: SimulatorContext, params: Params): Schedule[] {
  const customerUid = textOf(params, 'customer_uid')
  const single = textOf(params, 'merchant_uid')
  const merchantUids = single === null ? textsOf(params, 'merchant_uid') : [single]
  if (customerUid === null && merchantUids.length === 0) return []
  return [...state.schedules.values()].filter(
    ({ status, order, ...schedule }) =>
      status === 'scheduled' &&
      (customerUid === null || schedule.customerUid === customerUid) &&
      (merchantUids.length === 0 || merchantUids.includes(order.merchantUid)),
  )
}
