import { Iamport, type Request } from 'iamport-rest-client-nodejs'
import type { TestServer } from '../server.ts'

/** Any request that the client has built. */
export type ClientRequest = ReturnType<(typeof Request)['Cards']['getCards']>

/** The client, connected to a server under test. */
export function openRestClient({ origin }: TestServer) {
  const make = () =>
    new Iamport({ apiKey: 'simulator-key', apiSecret: 'simulator-secret', baseUrl: origin })
  // It keeps its token for half an hour by the machine's clock, not by the server's.
  let iamport = make()
  return {
    call: async (request: ClientRequest) => (await request.request(iamport)).data.response,
    send: (request: ClientRequest) => request.request(iamport),
    forgetToken: () => {
      iamport = make()
    },
  }
}
