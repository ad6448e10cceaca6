/** Returns the address that Cloudflare received a request from; null outside of Cloudflare. */
export function clientAddress(request: Request): string | null {
  return request.headers.get('CF-Connecting-IP')
}
