const form = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\s*(?:;|$)/i

/**
 * Whether a browser shows the response as a page, as when the page of a PG posts its form to the address that the
 * shop gave as `m_redirect_url`. A script that reads the response sends JSON, or says that it is one.
 *
 * @param request The request; its body is not read.
 * @param isForeign Whether its page is not one of the shop's.
 */
export function isNavigation(request: Request, isForeign: boolean): boolean {
  const { method, headers } = request
  const mode = headers.get('sec-fetch-mode')
  if (mode !== null) return mode === 'navigate'
  if (method === 'POST' && !form.test(headers.get('content-type') ?? '')) return false
  // Android's web views put the name of their app here, also when they load a page.
  if (headers.get('x-requested-with') === 'XMLHttpRequest') return false
  // Older browsers and web views do not send the mode.
  if (/\btext\/html\b/i.test(headers.get('accept') ?? '')) return true
  return method === 'POST' && isForeign
}
