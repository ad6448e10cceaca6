import { describe, expect, it } from 'vitest'
import { createDescription } from '../../../../packages/server/src/openapi/document.ts'
import checkedIn from '../../../../packages/server/src/openapi/openapi.json' with { type: 'json' }
import { createShop } from '../fixtures/merchant.ts'

describe('GET /openapi.json', () => {
  it('serves the description that the schemas of the app generate', async () => {
    const { send } = createShop()
    const built: unknown = JSON.parse(JSON.stringify(createDescription()))
    expect(checkedIn).toEqual(built)
    expect(await send('/openapi.json')).toEqual({ status: 200, body: built })
  })

  it('describes every route of the app and no other', () => {
    const { app } = createShop()
    const served = app.routes
      .filter(({ method, path }) => method !== 'ALL' && path !== '/' && path !== '/openapi.json')
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    const described = Object.entries(checkedIn.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect([...new Set(served)].sort()).toEqual(described.sort())
  })
})
