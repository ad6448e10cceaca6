import { isGiven } from '../engine/path.ts'
import { shown } from '../engine/rule-check.ts'
import type { CheckContext, PaymentParameters } from '../model/context.ts'
import type { Finding } from '../words/sentences.ts'
import { distance } from './distance.ts'
import { pgCodes, retiredPgs, testContracts } from './pg-codes.ts'

const source = 'sdk payrq.mdx:16-26'

/** Which channel a request names, and whether that can be one. */
export function findChannel(
  parameters: PaymentParameters,
  context: CheckContext,
): readonly Finding[] {
  const { channelKey: key, pg, channelGroupId: group } = parameters
  return [
    ...(isGiven(key) || isGiven(pg) || isGiven(group) || context.channel?.pg === 'naverco'
      ? []
      : [{ parameter: 'channelKey', reason: 'missing', strength: 'text', source } as const]),
    ...(typeof key === 'string' ? findKey(key) : []),
    ...(typeof pg === 'string' && pg !== '' ? findPg(pg, parameters, context) : []),
  ]
}

function findKey(key: string): readonly Finding[] {
  const of = { parameter: 'channelKey', strength: 'type', source } as const
  if (key === '' || key.startsWith('channel-key-') || /[{}<>]/.test(key)) return []
  return [{ ...of, reason: 'id_of_another_kind', detail: kindOf(key) ?? shown(key) }]
}

/** What a value is by its shape. */
function kindOf(value: string): string | null {
  if (/^imp\d{6,}$/.test(value)) return 'merchant code (imp…)'
  if (value.startsWith('store-')) return 'store id (V2)'
  if (value.startsWith('channel-key-')) return 'channel key'
  if (value.startsWith('channel-group-')) return 'channelGroupId'
  if (pgCodes.has(value.split('.')[0] ?? '')) return 'pg'
  if (/^\d{16}$/.test(value)) return 'REST API key'
  return null
}

function findPg(
  pg: string,
  parameters: PaymentParameters,
  { mode }: CheckContext,
): readonly Finding[] {
  const of = { parameter: 'pg', source } as const
  const [code = '', mid = ''] = pg.split(/\.(.*)/s)
  const retired = Object.hasOwn(retiredPgs, code) ? retiredPgs[code] : undefined
  if (retired !== undefined) return [{ ...of, ...retired, detail: code }]
  if (!pgCodes.has(code)) {
    const kind = kindOf(pg)
    if (/[{}<>]/.test(pg)) return []
    return kind === null
      ? [{ ...of, reason: 'pg_unknown', strength: 'type', detail: similarTo(code) }]
      : [{ ...of, reason: 'id_of_another_kind', strength: 'type', detail: kind }]
  }
  if (/\s/.test(pg)) return [{ ...of, reason: 'characters', strength: 'type', detail: shown(pg) }]
  return findContract(code, mid, parameters, mode).map((detail) => ({
    ...of,
    reason: 'test_contract',
    strength: 'advice',
    detail,
  }))
}

/** Whether the MID is one of the known test contracts, used for something else. */
function findContract(
  code: string,
  mid: string,
  parameters: PaymentParameters,
  mode: CheckContext['mode'],
): readonly string[] {
  const use = testContracts[`${code}.${mid}`]
  if (use === undefined) return []
  if (mode === 'live') return [`${mid} (test)`]
  const isKey = isGiven(parameters['customer_uid'])
  if (use === 'key' && !isKey) return [`${mid} (customer_uid)`]
  return use === 'once' && isKey ? [`${mid} (customer_uid)`] : []
}

const habits: Readonly<Record<string, string>> = {
  inicis_html5: 'html5_inicis',
  kginicis: 'html5_inicis',
  nhn_kcp: 'kcp',
  nicepay: 'nice_v2',
  toss: 'tosspayments',
  toss_payments: 'tosspayments',
  toss_pay: 'tosspay',
  tosspayment: 'tosspayments',
  kakao_pay: 'kakaopay',
  naver: 'naverpay',
  naver_pay: 'naverpay',
  smartro_t: 'smartro_v2',
}

function similarTo(code: string): string {
  const plain = code.toLowerCase().trim().replace(/-/g, '_')
  if (pgCodes.has(plain)) return plain
  const habit = Object.hasOwn(habits, plain) ? habits[plain] : undefined
  if (habit !== undefined) return habit
  const near = [...pgCodes].map((each) => ({ each, far: distance(plain, each) }))
  const [first] = near.toSorted((a, b) => a.far - b.far)
  return first !== undefined && first.far <= 2 ? first.each : ''
}
