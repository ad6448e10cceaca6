import { type Context, Hono } from 'hono'
import type { Deps } from '../../deps.ts'
import { presentReconciliationIssue } from '../../events/payload.ts'
import { toCancelDetails } from '../../payments/cancel-details.ts'
import { refundReconciliationIssue } from '../../payments/refund-issue.ts'
import { requireApiKey } from '../api-key.ts'
import { toNext } from '../pagination.ts'
import { problemResponse } from '../problem-response.ts'
import { reconciliationIssueQuery } from '../schemas/requests/events.ts'
import { refundRequest } from '../schemas/requests/orders.ts'
import { limitBody, readQuery, readRequest } from '../validate.ts'

/** The routes that list, read, refund and close reconciliation issues. */
export function reconciliationIssueRoutes(deps: Deps): Hono {
  const { store } = deps
  const app = new Hono()
  app.use('/reconciliation-issues/*', requireApiKey(deps.config.merchantApiKeys), limitBody)

  app.get('/reconciliation-issues', async (c) => {
    const query = readQuery(c, reconciliationIssueQuery)
    if (!query.ok) return problemResponse(c, query.failure)
    const { state, after, limit } = query.value
    const listed = await store.reconciliationIssues.list(state, after, limit)
    if (!listed.ok) return problemResponse(c, listed.failure)
    const next = toNext(listed.value, limit)
    return c.json({ reconciliation_issues: listed.value.map(presentReconciliationIssue), next })
  })

  app.get('/reconciliation-issues/:id', async (c) => {
    const found = await store.reconciliationIssues.find(c.req.param('id'))
    if (!found.ok) return problemResponse(c, found.failure)
    if (found.value === null) return problemResponse(c, { reason: 'reconciliation_issue_unknown' })
    return c.json(presentReconciliationIssue(found.value))
  })

  app.post('/reconciliation-issues/:id/close', (c) =>
    close(c, c.req.param('id'), 'closed_by_merchant', deps),
  )

  app.post('/reconciliation-issues/:id/refund', async (c) => {
    const request = await readRequest(c, refundRequest)
    if (!request.ok) return problemResponse(c, request.failure)
    const found = await store.reconciliationIssues.find(c.req.param('id'))
    if (!found.ok) return problemResponse(c, found.failure)
    if (found.value === null) return problemResponse(c, { reason: 'reconciliation_issue_unknown' })

    const refundResult = await refundReconciliationIssue(
      found.value,
      toCancelDetails(request.value),
      deps,
    )
    switch (refundResult.kind) {
      case 'closed':
        return close(c, found.value.id, refundResult.outcome, deps)
      case 'retry':
        return problemResponse(c, refundResult.failure)
      case 'manual':
        return problemResponse(c, { reason: refundResult.outcome })
    }
  })
  return app
}

async function close(c: Context, id: string, outcome: string, { store }: Deps): Promise<Response> {
  const closed = await store.reconciliationIssues.closeById(id, outcome)
  if (!closed.ok) return problemResponse(c, closed.failure)
  if (closed.value === null) return problemResponse(c, { reason: 'reconciliation_issue_unknown' })
  return c.json(presentReconciliationIssue(closed.value))
}
