import { languageOf } from '@quayside/hono'
import type { Context } from 'hono'
import type { Problem } from '../domain/problem.ts'
import { toProblemAnswer, toStatus } from './problem.ts'

/** Answers with a problem, in Korean or English as the caller asks. */
export function answerProblem(c: Context, problem: Problem): Response {
  const status = toStatus(problem)
  if (status === 503) c.header('Retry-After', '2')
  return c.json(toProblemAnswer(problem, languageOf(c)), status)
}
