import { languageOf } from '@quayside/hono'
import type { Context } from 'hono'
import { type Problem, toProblemDetails } from './problem.ts'

/** Responds with `application/problem+json`, in Korean or English as the caller asks. */
export function problemResponse(c: Context, problem: Problem): Response {
  const details = toProblemDetails(problem, languageOf(c))
  if (details.status === 503) c.header('Retry-After', '2')
  return c.body(JSON.stringify(details), details.status, {
    'Content-Type': 'application/problem+json',
  })
}
