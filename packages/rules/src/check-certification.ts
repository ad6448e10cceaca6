import { findOfRule, firmest } from './engine/apply-rule.ts'
import { findGeneral } from './general/general.ts'
import type { CheckContext, PaymentParameters } from './model/context.ts'
import type { Problem } from './model/problem.ts'
import type { Rule } from './model/rule.ts'
import { toProblem } from './words/sentences.ts'

const danalOnly = 'pg=inicis_unified|inicis'

/** What `IMP.certification` demands. */
const rules: readonly Rule[] = [
  { kind: 'required', parameter: 'merchant_uid', strength: 'type', source: 'sdk cft.mdx:52' },
  {
    kind: 'required',
    parameter: 'm_redirect_url',
    when: 'device=mobile & !popup || device=mobile & popup=false',
    strength: 'text',
    source: 'sdk cft.mdx:110',
  },
  {
    kind: 'forbidden',
    parameter: 'popup',
    values: [true],
    when: 'env=app || feature=popups_blocked',
    strength: 'advice',
    source: 'extra/identity-verification/v1/phone/2.mdx:23',
  },
  {
    kind: 'values',
    parameter: 'carrier',
    values: ['SKT', 'KTF', 'LGT', 'MVNO'],
    strength: 'advice',
    source: 'sdk cft.mdx:82-96',
  },
  ...['min_age', 'name', 'phone', 'carrier'].map(
    (parameter): Rule => ({
      kind: 'forbidden',
      parameter,
      when: danalOnly,
      strength: 'advice',
      source: 'sdk cft.mdx:58-82',
    }),
  ),
]

/** What the general checks of a payment say of a verification, too. */
const shared = ['channelKey', 'pg', 'merchant_uid', 'm_redirect_url']

/**
 * Says what is wrong with a request for an identity verification before its window opens.
 *
 * @param parameters What `IMP.certification` would be given.
 * @param context What is known of the page.
 * @returns All problems, as {@link check} returns them.
 *
 * @example
 * ```ts
 * import { checkCertification } from '@quayside/rules'
 *
 * const problems = checkCertification(
 *   { channelKey: 'channel-key-8d9f', merchant_uid: 'verification-1' },
 *   { device: 'mobile' },
 * )
 * console.log(problems.map(({ parameter, reason }) => `${parameter} ${reason}`)) // ['m_redirect_url missing']
 * ```
 */
export function checkCertification(
  parameters: PaymentParameters,
  context: Omit<CheckContext, 'channel' | 'intent'> = {},
): readonly Problem[] {
  const general = findGeneral(parameters, { ...context, env: undefined }).filter(
    // A code without a payment window may be one of verifications.
    ({ parameter, reason }) => shared.includes(parameter) && reason !== 'pg_without_window',
  )
  const found = [...general, ...rules.flatMap((rule) => findOfRule(rule, parameters, context))]
  return firmest(found.map((finding) => toProblem(finding, null)))
}
