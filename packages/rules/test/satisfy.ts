import type { CheckContext, Rule } from '../src/index.ts'

/** A request for which a rule holds and in which its parameter is missing. */
export interface Satisfied {
  readonly parameters: Record<string, unknown>
  readonly context: CheckContext
}

interface Draft {
  readonly parameters: Record<string, unknown>
  readonly context: {
    device: 'pc' | 'mobile'
    os?: 'ios' | 'android' | 'windows' | 'mac'
    env?: 'app' | 'web'
    mode?: 'live' | 'test'
    intent?: 'pay' | 'issue_key' | 'charge_key'
    ui?: string
    channelType?: 'JPPG' | 'SBPS'
    buyerCountry?: string
    contracts: string[]
    features: string[]
  }
}

/** Meets the first alternative of a condition, of its own understanding of conditions. */
export function satisfy({ when = '', parameter, kind }: Rule): Satisfied {
  const draft: Draft = {
    parameters: { channelKey: 'channel-key-1' },
    context: { device: 'pc', contracts: [], features: [] },
  }
  const [first = ''] = when.split(' || ')
  for (const atom of first.split(' & ').filter((each) => each !== '')) meet(draft, atom)
  if (kind === 'sum') {
    draft.parameters['amount'] = 10
    draft.parameters[parameter] = [{ unitPrice: 1, quantity: 2 }]
  }
  // A member of a list is missing only where the list has one.
  const [list] = parameter.split('[].')
  if (parameter.includes('[].') && list !== undefined) addMember(draft.parameters, parameter)
  return draft
}

function meet({ parameters, context }: Draft, atom: string): void {
  const contract = /^contract:(.+)$/.exec(atom)
  if (contract?.[1] !== undefined) {
    context.contracts.push(contract[1])
    return
  }
  const [, isNegated, name = '', isOther, list] = /^(!?)([^!=]+)(?:(!?)=(.*))?$/.exec(atom) ?? []
  const value = isOther === '!' ? 'another' : (list?.split('|')[0] ?? 'given')
  if (isNegated === '!') return
  switch (name) {
    case 'device':
      context.device = value === 'pc' ? 'pc' : 'mobile'
      return
    case 'os':
      context.os = value === 'ios' ? 'ios' : 'android'
      return
    case 'env':
      context.env = value === 'app' ? 'app' : 'web'
      return
    case 'mode':
      context.mode = value === 'sandbox' ? 'test' : 'live'
      return
    case 'intent':
      context.intent =
        value === 'issue_key' ? 'issue_key' : value === 'charge_key' ? 'charge_key' : 'pay'
      return
    case 'ui':
      context.ui = value
      return
    case 'channel_type':
      context.channelType = value === 'SBPS' ? 'SBPS' : 'JPPG'
      return
    case 'buyer_country':
      context.buyerCountry = value
      return
    case 'feature':
      context.features.push(value)
      return
    default:
      put(parameters, name, value === 'true' || value === 'false' ? value === 'true' : value)
  }
}

function put(target: Record<string, unknown>, path: string, value: unknown): void {
  const [name = '', ...rest] = path.split('.')
  const isList = name.endsWith('[]')
  const key = isList ? name.slice(0, -2) : name
  if (rest.length === 0) {
    target[key] = value
    return
  }
  const [there] = [target[key]].flat()
  const inner = isObject(there) ? there : {}
  target[key] = isList ? [inner] : inner
  put(inner, rest.join('.'), value)
}

function addMember(parameters: Record<string, unknown>, parameter: string): void {
  const parts = parameter.split('.')
  const lists = parts.slice(0, parts.findLastIndex((part) => part.endsWith('[]')) + 1)
  put(parameters, [...lists, 'other'].join('.'), 1)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
