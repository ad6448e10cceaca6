import { Iamport, type Request } from 'iamport-rest-client-nodejs'
import type { Stage } from '../server.ts'

/** Any request the client has built. */
export type Asked = ReturnType<(typeof Request)['Cards']['getCards']>

/** The client, made to talk to a stage: sends a request and gives what the answer is about. */
export function openRestClient({ origin }: Stage) {
  const make = () =>
    new Iamport({ apiKey: 'simulator-key', apiSecret: 'simulator-secret', baseUrl: origin })
  // It keeps its token for half an hour of the machine's time, whatever the server's clock says.
  let iamport = make()
  return {
    ask: async (asked: Asked) => (await asked.request(iamport)).data.response,
    send: (asked: Asked) => asked.request(iamport),
    forgetToken: () => {
      iamport = make()
    },
  }
}
