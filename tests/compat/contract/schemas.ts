// The documented schemas as JSON Schema, so that a third-party validator checks the simulator's responses.
import { Ajv, type ValidateFunction } from 'ajv'
import { definitions, type FactType, type Operation, wrappers } from './operations.ts'

type Schema = Readonly<Record<string, unknown>>

const refOf = (name: string) => `#/definitions/${name}`

/** Schemas that the description leaves open, and what is known of them. */
const open: Readonly<Record<string, Schema>> = {
  // Billing keys have two schemas; the description has only "object".
  'GET /subscribe/customers/{customer_uid}': eitherKey(),
  'POST /subscribe/customers/{customer_uid}': eitherKey(),
  'DELETE /subscribe/customers/{customer_uid}': eitherKey(),
  'GET /subscribe/customers': { type: 'array', items: eitherKey() },
  'DELETE /kcpquick/autopay/{customer_uid}': only('customer_uid'),
  'POST /kcpquick/members/{member_id}/fido/release': only('member_id'),
  'POST /kcpquick/prepare/{merchant_uid}': { type: 'null' },
  'PUT /kcpquick/prepare/{merchant_uid}': { type: 'null' },
  // Described as the whole envelope.
  'POST /paymentwall/delivery': { $ref: refOf('PaymentwallDeliveryDetailAnnotation') },
  // Lists of schedules are described as arrays and arrive as pages.
  'GET /subscribe/customers/{customer_uid}/schedules': pageOfSchedules(),
  'GET /subscribe/payments/schedule': pageOfSchedules(),
  'GET /subscribe/payments/schedule/customers/{customer_uid}': pageOfSchedules(),
}

/** Members that arrive although the description no longer has them. */
const undocumented: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  CertificationAnnotation: { birth: { type: 'integer' } },
}

const ajv = new Ajv({ allowUnionTypes: true, strictRequired: false })
const documented = Object.fromEntries(
  Object.entries(definitions).map(([name, { required, fields }]) => [
    name,
    {
      type: 'object',
      // The description requires members of some schemas that they do not have.
      required: required.filter((member) => member in fields),
      properties: {
        ...Object.fromEntries(
          Object.entries(fields).map(([member, { type }]) => [
            member,
            required.includes(member) ? schemaOf(type) : orNull(schemaOf(type)),
          ]),
        ),
        ...undocumented[name],
      },
      additionalProperties: false,
    },
  ]),
)

/** Creates the validator of an operation's successful responses: the whole envelope, in its documented schema. */
export function createValidator({ method, path, response }: Operation): ValidateFunction {
  const isBare = response === 'ResponseAnnotation'
  const schema = open[`${method} ${path}`] ?? schemaOf(wrappers[response ?? ''] ?? response ?? '')
  return ajv.compile({
    definitions: documented,
    type: 'object',
    required: isBare ? ['code', 'message'] : ['code', 'message', 'response'],
    properties: {
      code: { const: 0 },
      message: { type: ['string', 'null'] },
      ...(isBare ? {} : { response: schema }),
    },
    additionalProperties: false,
  })
}

/** Validates refusals, which have one schema: a code, a message, and no `response`. */
export const validateRefusal: ValidateFunction = ajv.compile({
  definitions: documented,
  type: 'object',
  required: ['code', 'message', 'response'],
  properties: {
    code: { type: 'integer', not: { const: 0 } },
    message: { type: 'string', minLength: 1 },
    // Paymentwall adds details.
    response: { anyOf: [{ type: 'null' }, { $ref: refOf('PaymentwallDeliveryDetailAnnotation') }] },
    // For a missing receipt, and KCP's error of a fingerprint registration.
    data: { type: 'null' },
    error: { type: 'object' },
  },
  additionalProperties: false,
})

function schemaOf(type: FactType): Schema {
  if (typeof type !== 'string') {
    const [member] = type
    return { type: 'array', items: member === null || member === undefined ? {} : schemaOf(member) }
  }
  return type in definitions ? { $ref: refOf(type) } : { type }
}

function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] }
}

function only(member: string): Schema {
  return {
    type: 'object',
    required: [member],
    properties: { [member]: { type: 'string' } },
    additionalProperties: false,
  }
}

function eitherKey(): Schema {
  return {
    anyOf: ['CustomerAnnotation', 'SuperBillingKeyAnnotation'].map((name) => ({
      $ref: refOf(name),
    })),
  }
}

function pageOfSchedules(): Schema {
  return {
    type: 'object',
    required: ['total', 'previous', 'next', 'list'],
    properties: {
      total: { type: 'integer' },
      previous: { type: 'integer' },
      next: { type: 'integer' },
      list: { type: 'array', items: { $ref: refOf('ScheduleResultAnnotation') } },
    },
    additionalProperties: false,
  }
}
