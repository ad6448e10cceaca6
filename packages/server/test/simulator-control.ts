import type { Fetch } from '@quayside/client'

/** Sends a request to the control API of a simulator. */
export async function requestControl(
  simulator: { readonly fetch: Fetch },
  path: string,
  body: unknown = {},
  method = 'POST',
): Promise<Response> {
  return simulator.fetch(
    new Request(`https://api.iamport.kr/_simulator${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
    }),
  )
}
