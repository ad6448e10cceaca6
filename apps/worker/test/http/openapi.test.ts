import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createDescription } from '../../../../packages/server/src/openapi/document.ts'
import checkedIn from '../../../../packages/server/src/openapi/openapi.json' with { type: 'json' }
import { createFaulty } from '../fixtures/faulty-database.ts'
import { createShop, key } from '../fixtures/merchant.ts'

describe('GET /openapi.json', () => {
  it('serves the description that the schemas of the app generate', async () => {
    const { send } = createShop()
    const built: unknown = JSON.parse(JSON.stringify(createDescription()))
    expect(checkedIn).toEqual(built)
    expect(await send('/openapi.json')).toEqual({ status: 200, body: built })
  })

  it('lets a generated client ignore new fields of events and responses, and finds misspelt ones in requests', () => {
    const { schemas } = checkedIn.components
    for (const shown of [schemas.Order, schemas.OrderEvent, schemas.OrderEvent.properties.data]) {
      expect(shown).not.toHaveProperty('additionalProperties')
    }
    for (const request of [
      schemas.OrderRequest,
      schemas.CancelRequest,
      schemas.RefundRequest,
      schemas.PlanRequest,
    ]) {
      expect(request).toHaveProperty('additionalProperties', false)
    }
  })

  it('states the defaults that a subscription without a retry policy gets', async () => {
    const { post } = createShop()
    const plan = { amount: 9_900, currency: 'KRW', period: { unit: 'month', count: 1 } }
    const request = { id: 'sub_defaults', customer_id: '고객/1', name: '구독', plan }
    const { properties } = checkedIn.components.schemas.PlanRequest.properties.retry
    const stated = Object.entries(properties).map(([name, field]) => [name, field.default])
    expect((await post('/subscriptions', request)).body['plan']).toHaveProperty(
      'retry',
      Object.fromEntries(stated),
    )
  })

  it('describes what a receiver reads: the headers that sign, and the type of the test event', () => {
    const { parameters, requestBody } = checkedIn.webhooks.event.post
    expect(parameters.map(({ in: place, name }) => `${place} ${name}`)).toEqual([
      'header webhook-id',
      'header webhook-timestamp',
      'header webhook-signature',
    ])
    expect(requestBody.content['application/json'].schema).toEqual({
      anyOf: [
        'OrderEvent',
        'ReconciliationIssueEvent',
        'TestEvent',
        'BillingKeyEvent',
        'IdentityVerificationEvent',
        'SubscriptionEvent',
      ].map((name) => ({ $ref: `#/components/schemas/${name}` })),
    })
  })

  it('names the header that says when to repeat a request', async () => {
    const { app } = createShop({}, createFaulty(env.DB, Array(4).fill('before')))
    const authorization = `Bearer ${key}`
    const { headers, status } = await app.request('/orders/R-1', { headers: { authorization } })
    expect({ status, retryAfter: headers.get('Retry-After') }).toEqual({
      status: 503,
      retryAfter: '2',
    })
    expect(checkedIn.paths['/orders/{merchant_uid}'].get.responses['503'].headers).toEqual({
      'Retry-After': { $ref: '#/components/headers/RetryAfter' },
    })
  })

  it('describes every route of the app and no other', () => {
    const { app } = createShop()
    const own = ['/', '/openapi.json', '/docs']
    const served = app.routes
      .filter(({ method, path }) => method !== 'ALL' && !own.includes(path))
      // A final slash makes no other route.
      .map(({ method, path }) => ({ method, path: path.replace(/(?<=.)\/$/, '') }))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    const described = Object.entries(checkedIn.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect([...new Set(served)].sort()).toEqual(described.sort())
  })
})
