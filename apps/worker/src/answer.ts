import type { Language } from '@quayside/core'
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { type Problem, toProblemAnswer, toStatus } from './problem.ts'

/** Answers with a problem, in Korean or English as the caller asks. */
export function answerProblem(c: Context, problem: Problem): Response {
  const status = toStatus(problem)
  if (status === 503) c.header('Retry-After', '2')
  return c.json(toProblemAnswer(problem, languageOf(c)), status)
}

function languageOf(c: Context): Language {
  const language = accepts(c, {
    header: 'Accept-Language',
    supports: ['en', 'ko'],
    default: 'en',
    match: (wanted, { default: otherwise }) =>
      wanted
        .toSorted((a, b) => b.q - a.q)
        .map(({ type }) => type.split('-', 1)[0])
        .find((tag) => tag === 'ko' || tag === 'en') ?? otherwise,
  })
  return language === 'ko' ? 'ko' : 'en'
}
