import type { Provider } from './provider.ts'
import type { ServerFlaw } from './server-flaw.ts'

/** Sends a request to the provider of its account. */
export function route(
  request: Request,
  [first, ...others]: readonly [Provider, ...Provider[]],
  { looksUpInFirst = false }: ServerFlaw,
): Promise<Response> {
  const other = others.find(({ account }) => request.url.startsWith(account.url))
  if (other === undefined) return first.fetch(request)
  return looksUpInFirst && isLookup(request) ? first.answerInstead(request) : other.fetch(request)
}

/** Whether a request reads one payment, or those of one order. */
function isLookup({ method, url }: Request): boolean {
  const { pathname } = new URL(url)
  return method === 'GET' && /^\/payments\/(imp_\d+|findAll\/[^/]+)$/.test(pathname)
}
