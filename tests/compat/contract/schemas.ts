// The documented shapes as JSON schemas, so that a validator of others judges the simulator's answers.
import { Ajv, type ValidateFunction } from 'ajv'
import { definitions, type FactType, type Operation, wrappers } from './operations.ts'

type Schema = Readonly<Record<string, unknown>>

const refOf = (name: string) => `#/definitions/${name}`

/** Shapes that the description leaves open, and what is known of them. */
const open: Readonly<Record<string, Schema>> = {
  // Billing keys come in two shapes; the description says only "object".
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
  // Lists of schedules are described as bare and arrive as pages.
  'GET /subscribe/customers/{customer_uid}/schedules': pageOfSchedules(),
  'GET /subscribe/payments/schedule': pageOfSchedules(),
  'GET /subscribe/payments/schedule/customers/{customer_uid}': pageOfSchedules(),
}

const ajv = new Ajv({ allowUnionTypes: true, strictRequired: false })
const documented = Object.fromEntries(
  Object.entries(definitions).map(([name, { required, fields }]) => [
    name,
    {
      type: 'object',
      // The description requires members of some shapes that they do not have.
      required: required.filter((member) => member in fields),
      properties: Object.fromEntries(
        Object.entries(fields).map(([member, { type }]) => [
          member,
          required.includes(member) ? schemaOf(type) : orNull(schemaOf(type)),
        ]),
      ),
      additionalProperties: false,
    },
  ]),
)

/** Makes the judge of an operation's successful answers: the whole envelope, in its documented shape. */
export function judgeOf({ method, path, response }: Operation): ValidateFunction {
  const isBare = response === 'ResponseAnnotation'
  const shape = open[`${method} ${path}`] ?? schemaOf(wrappers[response ?? ''] ?? response ?? '')
  return ajv.compile({
    definitions: documented,
    type: 'object',
    required: isBare ? ['code', 'message'] : ['code', 'message', 'response'],
    properties: {
      code: { const: 0 },
      message: { type: ['string', 'null'] },
      ...(isBare ? {} : { response: shape }),
    },
    additionalProperties: false,
  })
}

/** Judges refusals, which look alike everywhere: a code, a reason in words, and no answer. */
export const judgeOfRefusals: ValidateFunction = ajv.compile({
  definitions: documented,
  type: 'object',
  required: ['code', 'message', 'response'],
  properties: {
    code: { type: 'integer', not: { const: 0 } },
    message: { type: 'string', minLength: 1 },
    // Paymentwall explains itself where others are silent.
    response: { anyOf: [{ type: 'null' }, { $ref: refOf('PaymentwallDeliveryDetailAnnotation') }] },
    // A missing receipt, and what KCP says of a fingerprint.
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
