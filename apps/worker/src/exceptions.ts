import { toAmount } from '@quayside/core'
import { Hono } from 'hono'
import { answerProblem } from './answer.ts'
import type { CancelAnswer, ExceptionAnswer } from './answers.ts'
import { onlyWithKey } from './key.ts'
import { exceptionQuery } from './requests.ts'
import type { Rooms } from './rooms.ts'
import type { Cancel } from './store/cancels.ts'
import type { Exception } from './store/exceptions.ts'

/** The part of the app that shows the merchant's server money that no order explains. */
export function exceptions({ config, books }: Rooms): Hono {
  const app = new Hono()
  app.use('/exceptions/*', onlyWithKey(config.merchantApiKey))

  app.get('/exceptions', async (c) => {
    const query = exceptionQuery.safeParse(c.req.query())
    if (!query.success) return answerProblem(c, { reason: 'request_invalid', field: 'state' })
    const listed = await books.exceptions.list(query.data.state)
    if (!listed.ok) return answerProblem(c, listed.failure)
    return c.json({ exceptions: listed.value.map(presentException) })
  })

  app.post('/exceptions/:id/close', async (c) => {
    const closed = await books.exceptions.end(c.req.param('id'))
    if (!closed.ok) return answerProblem(c, closed.failure)
    if (closed.value === null) return answerProblem(c, { reason: 'exception_unknown' })
    return c.json(presentException(closed.value))
  })
  return app
}

function presentException(exception: Exception): ExceptionAnswer {
  const { evidence } = exception
  return {
    id: exception.id,
    kind: exception.kind,
    merchant_uid: exception.merchantUid,
    imp_uid: exception.impUid,
    payment_status: evidence.status,
    amount: toAmount(evidence.amount),
    currency: evidence.amount.currency,
    cancelled_amount: toAmount(evidence.cancelled),
    pay_method: evidence.payMethod,
    pg_provider: evidence.pgProvider,
    policy: exception.policy,
    outcome: exception.outcome,
    tries: exception.tries,
    created_at: exception.createdAt.toISOString(),
    closed_at: exception.closedAt?.toISOString() ?? null,
  }
}

/** A cancel as the merchant is shown it. */
export function presentCancel(cancel: Cancel): CancelAnswer {
  return {
    imp_uid: cancel.impUid,
    checksum: toAmount(cancel.balance),
    amount: toAmount(cancel.amount),
    currency: cancel.amount.currency,
    asked_by: cancel.askedBy,
    state: cancel.state,
    detail: cancel.detail,
    requested_at: cancel.requestedAt.toISOString(),
    settled_at: cancel.settledAt?.toISOString() ?? null,
  }
}
