import { languageOf } from '@quayside/hono'
import type { Context } from 'hono'
import { type Problem, toProblemDetails } from './problem.ts'

declare module 'hono' {
  interface ContextVariableMap {
    /** What the response is about, with the cause that only the log may show. */
    problem: Problem | undefined
  }
}

/** Responds with `application/problem+json`, in Korean or English as the caller asks. */
export function problemResponse(c: Context, problem: Problem): Response {
  c.set('problem', problem)
  const details = toProblemDetails(problem, languageOf(c))
  if (details.status === 503) c.header('Retry-After', '2')
  return c.body(JSON.stringify(details), details.status, {
    'Content-Type': 'application/problem+json',
  })
}
