import { isGiven, valuesAt } from '../engine/path.ts'
import { shown } from '../engine/rule-check.ts'
import type { CheckContext, PaymentParameters } from '../model/context.ts'
import type { Finding } from '../words/sentences.ts'

const source = 'sdk payrq.mdx:188-192'
/** From this amount, cards can be paid in instalments. */
const instalmentFrom = 50_000

/** Amounts that are none, or that the request contradicts. */
export function findAmounts(
  parameters: PaymentParameters,
  context: CheckContext,
): readonly Finding[] {
  return [
    ...['amount', 'tax_free', 'vat_amount'].flatMap((name) => findNumber(name, parameters[name])),
    ...findPart('tax_free', parameters),
    ...findPart('vat_amount', parameters),
    ...findWon(parameters, context),
    ...findCurrency(parameters['currency']),
    ...findInstalment(parameters),
  ]
}

function findNumber(parameter: string, value: unknown): readonly Finding[] {
  if (!isGiven(value)) return []
  if (typeof value === 'string') {
    return [{ parameter, reason: 'number_as_text', strength: 'text', source }]
  }
  return typeof value !== 'number' || !Number.isFinite(value) || value < 0
    ? [{ parameter, reason: 'not_a_number', strength: 'text', source }]
    : []
}

function findPart(parameter: string, parameters: PaymentParameters): readonly Finding[] {
  const [part, amount] = [parameters[parameter], parameters['amount']]
  return typeof part === 'number' && typeof amount === 'number' && part > amount
    ? [{ parameter, reason: 'number_too_large', strength: 'type', source, detail: `${amount}` }]
    : []
}

/** Nothing is paid by an amount of nothing, and the won has no smaller unit. */
function findWon(parameters: PaymentParameters, { channel }: CheckContext): readonly Finding[] {
  const { amount, currency, customer_uid: key, bypass } = parameters
  const of = { parameter: 'amount', strength: 'advice', source } as const
  if (typeof amount !== 'number') return []
  if (amount === 0 && !isGiven(key) && !isGiven(bypass)) {
    return [{ ...of, reason: 'number_too_small', detail: '1' }]
  }
  // Eximbay's own sample has won with decimals.
  return currency === 'KRW' && !Number.isInteger(amount) && channel?.pg !== 'eximbay'
    ? [{ ...of, reason: 'decimals', detail: '0' }]
    : []
}

function findCurrency(currency: unknown): readonly Finding[] {
  return typeof currency === 'string' && currency !== '' && !/^[A-Z]{3}$/.test(currency)
    ? [
        {
          parameter: 'currency',
          reason: 'currency_not_offered',
          strength: 'text',
          source: 'sdk payrq.mdx:223-245',
          detail: shown(currency),
        },
      ]
    : []
}

function findInstalment(parameters: PaymentParameters): readonly Finding[] {
  const [quota] = valuesAt(parameters, 'card.direct.quota')
  const { amount, currency = 'KRW' } = parameters
  const isTooSmall =
    typeof amount === 'number' && amount < instalmentFrom && currency === 'KRW' && Number(quota) > 1
  return isTooSmall
    ? [
        {
          parameter: 'card.direct.quota',
          reason: 'value_not_usable',
          strength: 'advice',
          source: 'sdk payrq.mdx:389',
          detail: shown(quota),
        },
      ]
    : []
}
