import type { Context, MiddlewareHandler } from 'hono'
import type { StatusCode } from 'hono/utils/http-status'

/** Of every response: no frame, no script, no referrer, and no cache. */
const headersOfAll: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  // The shop's pages read the responses from another origin; CORS limits which origins can.
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=15552000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // A response is about one buyer's payment at one time.
  'Cache-Control': 'no-store',
}

/** The headers that the response of a request gets, and the response that was made with them. */
interface PlannedHeaders {
  readonly values: Record<string, string>
  made: Response | null
}

const variable = 'quaysideHeaders'

/**
 * Middleware that sets the headers of every response, errors included: no frame, no script, no referrer, and no cache, because
 * a response is about one buyer's payment at one time. An app inside another one that uses it sets nothing again.
 *
 * @example
 * ```ts
 * import { responseHeaders } from '@quayside/hono'
 * import { Hono } from 'hono'
 *
 * const app = new Hono().use(responseHeaders).get('/', (c) => c.text('paid'))
 * console.log((await app.request('/')).headers.get('cache-control')) // no-store
 * ```
 */
export const responseHeaders: MiddlewareHandler = (c, next): Promise<Response | void> => {
  if (plannedOf(c) !== undefined) return next()
  const planned: PlannedHeaders = { values: { ...headersOfAll }, made: null }
  c.set(variable, planned)
  return setAfter(c, next, planned)
}

/** Adds a header to the response that the request will get; only behind {@link responseHeaders}. */
export function planHeader(c: Context, name: string, value: string): void {
  const planned = plannedOf(c)
  if (planned !== undefined) planned.values[name] = value
}

/**
 * Makes a JSON response. It has its headers from the beginning, as a plain object: Node's adapter writes such a response several
 * times as fast as one whose headers were set afterwards. Not where middleware in front has set some, by `c.header` or on
 * `c.res`: then it is made as `c.json` makes it.
 */
export function respondJson(
  c: Context,
  body: object,
  status: StatusCode = 200,
  more: Readonly<Record<string, string>> = {},
): Response {
  const text = JSON.stringify(body)
  const own = { 'Content-Type': 'application/json', ...more }
  if (hasHeaders(c)) return c.newResponse(text, status, own)
  const planned = plannedOf(c)
  const response = new Response(text, { status, headers: { ...planned?.values, ...own } })
  if (planned !== undefined) planned.made = response
  return response
}

/** Whether the response has headers before it is made. Only a response that Hono makes shows what `c.header` has set. */
function hasHeaders(c: Context): boolean {
  return c.newResponse(null).headers.keys().next().done !== true
}

function plannedOf(c: Context): PlannedHeaders | undefined {
  return c.get(variable)
}

async function setAfter(
  c: Context,
  next: () => Promise<void>,
  planned: PlannedHeaders,
): Promise<void> {
  await next()
  if (c.res === planned.made) return
  for (const [name, value] of Object.entries(planned.values)) setHeader(c, name, value)
}

/**
 * Sets a header of a response that exists. Not by `c.header`, which makes a copy: Node's adapter writes a response that was not
 * copied several times as fast.
 */
function setHeader(c: Context, name: string, value: string): void {
  const whole = name === 'Vary' ? addTo(c.res.headers.get(name), value) : value
  try {
    c.res.headers.set(name, whole)
  } catch {
    // The headers of a response of `fetch` or `Response.redirect` cannot be changed, those of a copy can.
    c.header(name, whole)
  }
}

/** Adds a name to a list of names, unless it is there: a copy of a response has what that response was made with. */
function addTo(list: string | null, name: string): string {
  if (list === null) return name
  const isThere = list
    .toLowerCase()
    .split(',')
    .some((each) => each.trim() === name.toLowerCase())
  return isThere ? list : `${list}, ${name}`
}
