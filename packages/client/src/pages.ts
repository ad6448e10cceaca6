import type { CallOptions, Client } from './client.ts'
import type { Endpoint } from './operation/endpoint.ts'
import type { Page } from './records/page.ts'
import type { CallResult } from './values/failure.ts'

/**
 * Reads a list to its end, one page at a time.
 *
 * The next page is requested when the loop asks for it, so leaving the loop stops the calls. The provider
 * computes pages anew with each call: an item that is added or removed meanwhile can occur twice or
 * not at all.
 *
 * @param client The client that makes the calls.
 * @param endpoint A list with pages, e.g. `payments.byStatus` or `customers.schedules`.
 * @param params The parameters of the list; `page` is the first page to read, 1 by default.
 * @param options The options of each call.
 * @returns The items of each page. After a failure it ends.
 *
 * @example
 * ```ts
 * import { createClient, pages, payments } from '@quayside/client'
 *
 * const fetch = (request: Request) => {
 *   const page = Number(new URL(request.url).searchParams.get('page'))
 *   const list = { total: 2, previous: page - 1, next: page === 1 ? 2 : 0, list: [{ imp_uid: `imp_${page}` }] }
 *   const grant = { access_token: 't', now: 0, expired_at: 1800 }
 *   const response = request.url.endsWith('/users/getToken') ? grant : list
 *   return Response.json({ code: 0, message: null, response })
 * }
 *
 * const client = createClient({ key: 'my-key', secret: 'my-secret', fetch })
 * for await (const page of pages(client, payments.byStatus, { payment_status: 'paid' })) {
 *   console.log(page.ok && page.value.map(({ imp_uid }) => imp_uid)) // [imp_1], then [imp_2]
 * }
 * ```
 */
export async function* pages<Params extends { readonly page?: number }, Item>(
  client: Client,
  endpoint: Endpoint<Params, Page<Item> | readonly Item[]>,
  params: NoInfer<Params>,
  options?: CallOptions,
): AsyncGenerator<CallResult<readonly Item[]>, void> {
  let before = ''
  for (let page = params.page ?? 1; page > 0; ) {
    const result = await client.call(endpoint, { ...params, page }, options)
    if (!result.ok) {
      yield result
      return
    }
    const { value, partial } = result
    const bare = isBare(value)
    const list = bare ? value : value.list
    // A bare list has no number of the next page. It has ended when a page is empty, or when the same page
    // comes again from an operation that ignores the page number.
    const seen = bare ? JSON.stringify(list) : ''
    if (bare && (list.length === 0 || seen === before)) return
    before = seen
    yield { ok: true, value: list, partial }
    page = bare ? page + 1 : value.next
  }
}

function isBare<Item>(value: Page<Item> | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value)
}
