/** Where a request comes from, as Cloudflare says; null outside of Cloudflare. */
export function clientAddress(request: Request): string | null {
  return request.headers.get('CF-Connecting-IP')
}
