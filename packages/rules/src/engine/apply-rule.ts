import type { CheckContext, PaymentParameters } from '../model/context.ts'
import type { Problem } from '../model/problem.ts'
import type { Rule, Strength } from '../model/rule.ts'
import type { Finding } from '../words/sentences.ts'
import { holds } from './condition.ts'
import { findWrong } from './rule-check.ts'

const order: Readonly<Record<Strength, number>> = { refused: 0, text: 1, type: 2, advice: 3 }

/** One problem for each parameter and reason: what two pages say is said once. */
export function firmest(problems: readonly Problem[]): readonly Problem[] {
  const kept = new Map<string, Problem>()
  for (const problem of problems.toSorted((a, b) => order[a.strength] - order[b.strength])) {
    const key = `${problem.parameter} ${problem.reason}`
    if (!kept.has(key)) kept.set(key, problem)
  }
  return [...kept.values()]
}

/** What one rule finds wrong in a request, where it holds. */
export function findOfRule(
  rule: Rule,
  parameters: PaymentParameters,
  context: CheckContext,
): readonly Finding[] {
  if (rule.contradicted !== undefined) return []
  const strength = strengthFor(rule, parameters, context)
  const wrong = strength === null ? null : findWrong(rule, parameters)
  if (strength === null || wrong === null) return []
  const { parameter, source, when } = rule
  return [{ parameter, source, when, strength, ...wrong }]
}

/** How firmly a rule holds for a request; on an unknown device, what holds on one of both is advice. */
function strengthFor(
  { when, strength }: Rule,
  parameters: PaymentParameters,
  context: CheckContext,
): Strength | null {
  if (context.device !== undefined) return holds(when, parameters, context) ? strength : null
  const onPc = holds(when, parameters, { ...context, device: 'pc' })
  const onMobile = holds(when, parameters, { ...context, device: 'mobile' })
  if (onPc && onMobile) return strength
  // A recommendation for one of both is none for a device that nobody named.
  return (onPc || onMobile) && strength !== 'advice' ? 'advice' : null
}
