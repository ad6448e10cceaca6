import { channels } from '@quayside/rules/all'
import { describe, expect, it } from 'vitest'
import facts from '../fixtures/facts.json' with { type: 'json' }
import notChecked from '../fixtures/not-checked.json' with { type: 'json' }
import { type CheckContext, check, type Problem, type Strength } from '../src/index.ts'
import { satisfy } from './satisfy.ts'

const mandatory = facts.channels.flatMap(({ pg, mandatory }) =>
  mandatory.map((fact) => ({ pg, ...fact })),
)
/** How firmly a fact may be reported: what only a sample or a contract says is advice, a window that redirects is text. */
const strengths: Readonly<Record<string, readonly Strength[]>> = {
  refused: ['refused'],
  text: ['refused', 'text'],
  type: ['refused', 'text', 'type'],
  flow: ['text', 'advice'],
  sample: ['refused', 'text', 'type', 'advice'],
  contract: ['refused', 'text', 'type', 'advice'],
  advice: ['refused', 'text', 'type', 'advice'],
}

/** The pages that a source names, without lines: two facts of one page may be one rule. */
const rulesOf = (pg: string) => channels[pg]?.rules ?? []
const isSame = (source: string, src: string) =>
  source.split('; ').some((one) => src.split('; ').includes(one))

describe('the facts of the provider’s pages', () => {
  it('has a table for each of the 48 codes', () => {
    expect(Object.keys(channels).toSorted()).toEqual(facts.channels.map(({ pg }) => pg).toSorted())
  })

  it('offers the methods that the pages list', () => {
    const offered = (pg: string) => {
      const { methods, easyPay } = channels[pg] ?? { methods: null, easyPay: [] }
      return methods === null ? null : [...methods, ...easyPay]
    }
    const differing = facts.channels
      .map(({ pg, methods }) => ({ pg, methods, offered: offered(pg) }))
      .filter(({ methods, offered }) => offered?.join() !== methods.join())
    // Where `pay_method` is not used, or nothing is known.
    expect(
      differing.map(({ pg, offered }) => `${pg} ${offered?.join() ?? null}`).toSorted(),
    ).toEqual(
      (
        'alipay hyphen inicis kakao kakaopay kcp_v2 kpn naverco naverpay payletter_global paymentwall payple ' +
        'settle_firm syrup'
      )
        .split(' ')
        .map((pg) => `${pg} null`),
    )
  })

  it('names every mandatory parameter that is missing, when its condition is met', () => {
    const counted = { named: 0, needed: 0, contradicted: 0 }
    const uncovered = mandatory.filter((fact) => {
      const kind = cover(fact)
      if (kind !== null) counted[kind]++
      return kind === null
    })
    expect(uncovered).toEqual([])
    expect(counted).toEqual({ named: 413, needed: 32, contradicted: 7 })
  })

  it('has a rule, or a reason to have none, for what cannot be used', () => {
    expect(uncovered('forbidden')).toEqual([])
  })

  it('has a rule, or a reason to have none, for every limit', () => {
    expect(uncovered('limits')).toEqual([])
  })

  it('refuses only by what a page says: a hint in a table is no reason', () => {
    const soft = mandatory.filter(({ strength }) => !['refused', 'text', 'flow'].includes(strength))
    const hard = soft.flatMap(({ pg, src, param }) =>
      rulesOf(pg)
        .filter(
          (rule) =>
            rule.source === src && (rule.strength === 'text' || rule.strength === 'refused'),
        )
        .map(({ parameter }) => `${pg} ${param} ${parameter}`),
    )
    expect(hard).toEqual([])
  })
})

function uncovered(kind: 'forbidden' | 'limits') {
  const reasons: readonly { readonly pg: string; readonly src: string; readonly param: string }[] =
    notChecked[kind]
  return facts.channels.flatMap(({ pg, [kind]: list }) =>
    list
      .filter(({ src }) => !rulesOf(pg).some(({ source }) => isSame(source, src)))
      .filter(
        ({ src, param }) =>
          !reasons.some((each) => each.pg === pg && each.src === src && each.param === param),
      )
      .map(({ param, src }) => `${pg} ${param} ${src}`),
  )
}

type Fact = (typeof mandatory)[number]

/** How a fact is covered; null when it is not. */
function cover(fact: Fact): 'named' | 'needed' | 'contradicted' | null {
  const channel = channels[fact.pg]
  if (channel === undefined) return null
  if (channel.needs.some(({ source }) => isSame(source, fact.src))) return 'needed'
  const rules = channel.rules.filter(
    (rule) =>
      (rule.kind === 'required' || rule.kind === 'sum') &&
      isSame(rule.source, fact.src) &&
      fact.param.includes(rule.parameter.split('.').at(-1) ?? ''),
  )
  if (rules.length === 0) return null
  if (rules.every(({ contradicted }) => contradicted !== undefined)) return 'contradicted'
  const isNamed = rules.every((rule) => {
    const { parameters, context } = satisfy(rule)
    const problems = check(parameters, { ...context, channel } satisfies CheckContext)
    return problems.some((problem: Problem) => isFor(problem, rule.parameter, fact.strength))
  })
  return isNamed ? 'named' : null
}

function isFor({ parameter, reason, strength }: Problem, expected: string, fact: string): boolean {
  return (
    parameter === expected &&
    (reason === 'missing' || reason === 'sum_differs') &&
    (strengths[fact] ?? []).includes(strength)
  )
}
