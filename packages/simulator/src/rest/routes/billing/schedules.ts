import { Hono } from 'hono'
import type { World } from '../../../context.ts'
import {
  move,
  objectionToRetry,
  type Rescheduled,
  reschedule,
  revoke,
  type Schedule,
} from '../../../domain/billing/schedule.ts'
import { explainSchedule, ownRefusals, refusals } from '../../../domain/refusals.ts'
import {
  type Params,
  readBody,
  readQuery,
  textOf,
  textsOf,
  wholeOf,
} from '../../../runtime/params.ts'
import { enlist } from '../../../services/billing/create-schedules.ts'
import { isApproved, keepSchedule, plan, runNow } from '../../../services/billing/run-schedule.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { idsAt } from '../../../wire/path-params.ts'
import { presentPayment } from '../../../wire/serialize-payment.ts'
import { listSchedules, presentStored, rangeOf } from '../../list-schedules.ts'

const base = '/subscribe/payments/schedule'
const one = `${base}/:uid{.+}`

/** Charges to come: made, called off, moved, tried again, and listed. */
export function schedules(world: World): Hono {
  const app = new Hono({ strict: false })
  app.route('/', lists(world))
  app.route('/', changes(world))

  app.post(base, async (c) => {
    const enlisted = enlist(world, await readBody(c.req.raw))
    if (!enlisted.ok) return refuse(enlisted.refusal)
    return succeed(enlisted.schedules.map((schedule) => presentStored(world, schedule)))
  })

  app.post('/subscribe/payments/unschedule', async (c) => {
    const revoked = revokable(world, await readBody(c.req.raw)).map((schedule) =>
      keepSchedule(world, revoke(schedule, world.clock.seconds())),
    )
    if (revoked.length === 0) return refuse(refusals.nothingToUnschedule)
    return succeed(revoked.map((schedule) => presentStored(world, schedule)))
  })

  app.get(one, (c) => {
    const schedule = scheduleAt(world, c.req.url)
    if (schedule === undefined) return refuse(ownRefusals.scheduleUnknown)
    return succeed(presentStored(world, schedule))
  })

  return app
}

function lists(world: World): Hono {
  const app = new Hono({ strict: false })
  const ofCustomer = (url: string, uids: string[]): Response => {
    const query = readQuery(url)
    const range = rangeOf(query, { from: 'from', to: 'to', status: 'schedule-status' })
    if ('code' in range) return refuse(range)
    return listSchedules(world, { ...range, customerUids: uids }, { page: query['page'] })
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
    return listSchedules(world, { ...range, customerUids: null }, query)
  })
  return app
}

function changes(world: World): Hono {
  const app = new Hono({ strict: false })

  app.post(`${one}/retry`, (c) => {
    const schedule = scheduleAt(world, c.req.url, '/retry')
    if (schedule === undefined) return refuse(ownRefusals.scheduleUnknown)
    if (!world.ledger.billingKeys.has(schedule.customerUid)) {
      return refuse({ ...refusals.unknownScheduleBuyer, status: 404 })
    }
    const reason = objectionToRetry(schedule, isApproved(world, schedule))
    if (reason !== null) return refuse(explainSchedule(reason))
    return succeed(presentPayment(runNow(world, schedule)))
  })

  app.post(`${one}/reschedule`, async (c) => {
    const schedule = scheduleAt(world, c.req.url, '/reschedule')
    return answerChange(world, schedule, await readBody(c.req.raw), (found, times) =>
      reschedule(found, isApproved(world, found), times),
    )
  })

  app.put(one, async (c) =>
    answerChange(
      world,
      scheduleAt(world, c.req.url),
      await readBody(c.req.raw),
      (found, { scheduleAt: to, at }) => move(found, to, at),
    ),
  )

  return app
}

function answerChange(
  world: World,
  schedule: Schedule | undefined,
  params: Params,
  change: (found: Schedule, times: { scheduleAt: number; at: number }) => Rescheduled,
): Response {
  if (schedule === undefined) return refuse(ownRefusals.scheduleUnknown)
  const asked = wholeOf(params, 'schedule_at')
  if (asked === null) return refuse(ownRefusals.scheduleAtMissing)
  const changed = change(schedule, { scheduleAt: asked, at: world.clock.seconds() })
  if (!changed.ok) return refuse(explainSchedule(changed.reason))
  return succeed(presentStored(world, plan(world, changed.schedule)))
}

function scheduleAt({ ledger }: World, url: string, suffix = ''): Schedule | undefined {
  return idsAt(url, `${base}/`, suffix).flatMap((uid) => ledger.schedules.get(uid) ?? [])[0]
}

function revokable({ ledger }: World, params: Params): Schedule[] {
  const customerUid = textOf(params, 'customer_uid')
  const single = textOf(params, 'merchant_uid')
  const merchantUids = single === null ? textsOf(params, 'merchant_uid') : [single]
  if (customerUid === null && merchantUids.length === 0) return []
  return [...ledger.schedules.values()].filter(
    ({ status, order, ...schedule }) =>
      status === 'scheduled' &&
      (customerUid === null || schedule.customerUid === customerUid) &&
      (merchantUids.length === 0 || merchantUids.includes(order.merchantUid)),
  )
}
