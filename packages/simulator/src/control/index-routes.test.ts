import { describe, expect, it } from 'vitest'
import { createMerchant } from '../../test/merchant.ts'
import { createContext } from '../options.ts'
import { controlRoutes } from './control-routes.ts'

/** The routes that are there, as the description writes them. */
function routesOf(): string[] {
  const { routes } = controlRoutes(createContext({}))
  const described = routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => {
      const members = path.replaceAll(/:(\w+)/g, (_, name: string) => `{${snake(name)}}`)
      return `${method} /_simulator${members === '/' ? '' : members}`
    })
    // One operation stands for every event of a product order.
    .map((route) => route.replace(/(\/product-orders\/\{id\}\/)(?!review)[a-z-]+$/, '$1{event}'))
  return [...new Set(described)].sort()
}

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

describe('GET /_simulator', () => {
  it('lists every operation of the control API and no other', async () => {
    const { call } = createMerchant()
    const { status, body } = await call('/_simulator')
    const listed = Array.isArray(body['operations']) ? body['operations'] : []
    expect([status, body['console'], body['openapi']]).toEqual([
      200,
      '/',
      '/_simulator/openapi.json',
    ])
    expect(listed.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(routesOf())
  })

  it('is described by an OpenAPI document with the same operations, each with an id of its own', async () => {
    const { call } = createMerchant()
    const { body } = await call('/_simulator/openapi.json')
    const paths: Record<string, Record<string, { operationId: string }>> = Object(body['paths'])
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({
        route: `${method.toUpperCase()} ${path}`,
        operationId,
      })),
    )
    expect(body['openapi']).toBe('3.1.0')
    expect(described.map(({ route }) => route).sort()).toEqual(routesOf())
    expect(new Set(described.map(({ operationId }) => operationId)).size).toBe(described.length)
  })

  it('says what a scenario needs and what it refuses', async () => {
    const { call } = createMerchant()
    const { body } = await call('/_simulator/openapi.json')
    const { '/_simulator/scenarios/{name}': path } = Object(body['paths'])
    const schema = {
      type: 'object',
      properties: {
        merchant_uid: { type: 'string' },
        amount: { type: 'number' },
        currency: { type: 'string' },
      },
      additionalProperties: true,
    }
    expect(path.post.requestBody).toEqual({
      required: false,
      content: {
        'application/json': { schema },
        'application/x-www-form-urlencoded': { schema },
      },
    })
    expect(Object.keys(path.post.responses)).toEqual(['200', '400', '404'])
  })
})
