/** Whether a request comes from a page that is not one of the shop's. */
export type IsForeign = (request: Request) => boolean

/**
 * Makes the check. A request without an `Origin` is not from a foreign page's script.
 *
 * @param own The origins of the shop's pages. Pages of the address that the request itself names are own ones, too.
 */
export function createOriginCheck(own: readonly string[]): IsForeign {
  return (request) => {
    const origin = request.headers.get('origin')
    return origin !== null && !own.includes(origin) && origin !== new URL(request.url).origin
  }
}
