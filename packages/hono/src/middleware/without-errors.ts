import type { Context, MiddlewareHandler } from 'hono'

/**
 * Leads a buyer who returns to a page of the shop where the response would be an error: a limit refused the request, or
 * something failed that should not. Errors of the sender, such as another method, stay.
 */
export function withoutErrors(
  page: string,
  isReturn: (request: Request) => boolean,
): MiddlewareHandler {
  const { href } = new URL(page)
  return (c, next) => (isReturn(c.req.raw) ? leadToPage(c, next, href) : next())
}

async function leadToPage(c: Context, next: () => Promise<void>, page: string): Promise<void> {
  await next()
  const isError = c.res.status === 429 || c.res.status >= 500
  if (!isError) return
  // Without the headers of the error.
  c.res = undefined
  c.res = new Response(null, { status: 303, headers: { Location: page } })
}
