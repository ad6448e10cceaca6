import { Hono } from 'hono'
import type { ControlOperation, MemberKind } from './operations/control-operation.ts'
import { controlOperations } from './operations/control-operations.ts'

/** What there is, for people and for programs. */
export function indexRoutes(): Hono {
  const app = new Hono()
  app.get('/', (c) => c.json(controlIndex))
  app.get('/openapi.json', (c) => c.json(controlDescription))
  return app
}

const root = '/_simulator'
const fullPath = (path: string) => (path === '/' ? root : `${root}${path}`)

const controlIndex = {
  console: '/',
  browser_script: '/v1/iamport.js',
  rest_api: 'https://api.iamport.kr, at this address',
  openapi: `${root}/openapi.json`,
  operations: controlOperations.map(({ method, path, summary }) => ({
    method: method.toUpperCase(),
    path: fullPath(path),
    summary,
  })),
}

const schemas: Readonly<Record<MemberKind, object>> = {
  text: { type: 'string' },
  integer: { type: 'integer' },
  amount: { type: 'number' },
  flag: { type: 'boolean' },
  seconds: { type: 'integer', description: 'UNIX seconds' },
  object: { type: 'object' },
  list: { type: 'array', items: { type: 'object' } },
}

const refusalTexts = {
  400: 'A member is missing or wrong',
  404: 'There is no such record',
  409: 'It is not possible now',
} as const

const refusalContent = {
  'application/json': {
    schema: {
      type: 'object',
      required: ['reason'],
      properties: { reason: { type: 'string' }, field: { type: 'string' } },
    },
  },
}

const tierHeader = {
  name: 'Tier',
  in: 'header',
  required: false,
  description: 'The code of a sub-merchant, whose records are meant.',
  schema: { type: 'string' },
}

const controlDescription = {
  openapi: '3.1.0',
  info: {
    title: "Control API of the i'mport simulator",
    version: '1',
    description:
      'What tests and tools do with a simulator. The provider has nothing like it. Requests of other sites’ pages are 403.',
  },
  servers: [{ url: '/' }],
  paths: Object.fromEntries(
    [...new Set(controlOperations.map(({ path }) => path))].map((path) => [
      fullPath(path),
      Object.fromEntries(
        controlOperations
          .filter((operation) => operation.path === path)
          .map((operation) => [operation.method, describe(operation)]),
      ),
    ]),
  ),
}

function describe({ method, path, summary, tag, body, isOpen, refusals }: ControlOperation) {
  const members = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  const words = path.match(/\w+/g) ?? ['index']
  return {
    operationId: [method, ...words].join('_'),
    tags: [tag],
    summary,
    parameters: [
      ...members.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      tierHeader,
    ],
    ...(body === undefined ? {} : { requestBody: describeBody(body, isOpen === true) }),
    responses: {
      200: {
        description: 'Done',
        content: { 'application/json': { schema: { type: 'object' } } },
      },
      ...Object.fromEntries(
        refusals.map((status) => [
          status,
          { description: refusalTexts[status], content: refusalContent },
        ]),
      ),
    },
  }
}

function describeBody(body: Readonly<Record<string, MemberKind>>, isOpen: boolean) {
  const names = Object.keys(body)
  const required = names.filter((name) => name.endsWith('!')).map((name) => name.slice(0, -1))
  const schema = {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(
      Object.entries(body).map(([name, kind]) => [name.replace(/!$/, ''), schemas[kind]]),
    ),
    additionalProperties: isOpen,
  }
  return {
    required: required.length > 0,
    content: {
      'application/json': { schema },
      'application/x-www-form-urlencoded': { schema },
    },
  }
}
