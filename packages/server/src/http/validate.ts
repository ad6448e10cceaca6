import {
  fail,
  type MerchantUid,
  ok,
  parseBody,
  parseMerchantUid,
  type Result,
} from '@quayside/core'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type * as z from 'zod/mini'
import type { OrderFailure } from '../domain/failure.ts'
import type { RequestInvalid } from '../orders/requested-order.ts'
import type { Problem } from './problem.ts'
import { problemResponse } from './problem-response.ts'

const toLimit = (maxSize: number) =>
  bodyLimit({ maxSize, onError: (c) => problemResponse(c, { reason: 'body_too_large' }) })

/** Refuses bodies larger than any request of the merchant's server, apart from one that creates an order. */
export const limitBody = toLimit(16 * 1024)

/** The same of an order: the 8,000 characters of its product lines are six bytes each where they are written as `\\uXXXX`. */
export const limitOrderBody = toLimit(64 * 1024)

/** Reads the body of a request by its schema. Fails with the field that is wrong. */
export async function readRequest<Schema extends z.ZodMiniType>(
  c: Context,
  schema: () => Schema,
): Promise<Result<z.output<Schema>, Problem>> {
  const contentType = c.req.header('Content-Type') ?? null
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? '')) {
    return fail({ reason: 'media_type_unsupported' })
  }
  const text = decode(await c.req.arrayBuffer())
  const body = text === null ? null : parseBody(contentType, text)
  if (body === null || !body.ok) return fail({ reason: 'body_malformed' })
  return validate(body.value, schema)
}

/** Reads the query of a request by its schema. Fails with the field that is wrong, or there twice. */
export function readQuery<Schema extends z.ZodMiniType>(
  c: Context,
  schema: () => Schema,
): Result<z.output<Schema>, Problem> {
  const names = [...new URL(c.req.url).searchParams.keys()]
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  return repeated === undefined
    ? validate(c.req.query(), schema)
    : fail({ reason: 'request_invalid', field: toShown(repeated) })
}

/** Reads the order id in a path. An id outside the grammar was never created, so its order is unknown. */
export function readMerchantUid(text: string): Result<MerchantUid, OrderFailure> {
  const merchantUid = parseMerchantUid(text)
  return merchantUid.ok ? merchantUid : fail({ reason: 'order_unknown' })
}

/** Checks a value by its schema. Fails with the field that is wrong, and the values that it may have if they are few. */
export function validate<Schema extends z.ZodMiniType>(
  value: unknown,
  schema: () => Schema,
): Result<z.output<Schema>, RequestInvalid> {
  const read = schema().safeParse(value)
  if (read.success) return ok(read.data)
  const issue = toFirst(read.error.issues)
  const field = issue === undefined ? '' : toPath(issue)
  return issue?.code === 'invalid_value'
    ? fail({ reason: 'request_invalid', field, allowed: issue.values.map(String) })
    : fail({ reason: 'request_invalid', field })
}

/** Returns the first issue. That of a union is one of the member that the value misses by the fewest issues. */
function toFirst([issue]: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined {
  if (issue?.code !== 'invalid_union') return issue
  const [nearest = []] = issue.errors.toSorted((one, other) => one.length - other.length)
  const inner = toFirst(nearest)
  return inner === undefined ? issue : { ...inner, path: [...issue.path, ...inner.path] }
}

function toPath(issue: z.core.$ZodIssue): string {
  const names = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]] : issue.path
  return toShown(names.map(String).join('.'))
}

function toShown(field: string): string {
  return JSON.stringify(field.slice(0, 60)).slice(1, -1)
}

function decode(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
