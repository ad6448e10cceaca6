import type { CheckContext, PaymentParameters } from '../model/context.ts'
import type { Finding } from '../words/sentences.ts'

const sources: Readonly<Record<string, string>> = {
  m_redirect_url: 'sdk payrq.mdx:332-338',
  notice_url: 'sdk payrq.mdx:294-301',
  confirm_url: 'sdk payrq.mdx:288-292',
}

/** Addresses to which nothing can come back. */
export function findAddresses(
  parameters: PaymentParameters,
  context: CheckContext,
): readonly Finding[] {
  return Object.entries(sources).flatMap(([parameter, source]) =>
    [parameters[parameter]]
      .flat()
      .filter((value) => typeof value === 'string')
      .filter((value) => value !== '' && !/[{}<>]/.test(value))
      .flatMap((value) => findAddress(parameter, source, value, context)),
  )
}

function findAddress(
  parameter: string,
  source: string,
  value: string,
  { env, mode }: CheckContext,
): readonly Finding[] {
  const of = { parameter, source, strength: 'advice' } as const
  const url = URL.canParse(value) ? new URL(value) : null
  if (url === null || /^(javascript|data|blob|about):$/.test(url.protocol)) {
    return [{ ...of, reason: 'address_not_absolute' }]
  }
  // `shop.example:8080/result` and `localhost:3000/result` parse as a scheme.
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return [{ ...of, reason: 'address_not_absolute' }]
  if (parameter === 'm_redirect_url' && env === 'app') return []
  if (url.protocol === 'file:') return [{ ...of, reason: 'address_not_reachable' }]
  if (!/^https?:$/.test(url.protocol)) {
    return parameter === 'm_redirect_url' ? [] : [{ ...of, reason: 'address_not_absolute' }]
  }
  const isOwn = /^(localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|\[::1\])|\.(local|test)$/.test(
    url.hostname,
  )
  const mustBePublic = parameter !== 'm_redirect_url' || mode === 'live'
  if (isOwn && mustBePublic) return [{ ...of, reason: 'address_not_reachable' }]
  return url.protocol === 'http:' && mode === 'live'
    ? [{ ...of, reason: 'address_not_encrypted' }]
    : []
}
