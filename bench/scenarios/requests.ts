import { type HttpClient, isRecord, type Reply } from '../http.ts'
import type { BenchOrder } from '../order.ts'
import type { Arrival } from './open-loop.ts'
import type { ScenarioSubject } from './subjects/subject.ts'

type Request = Omit<Arrival, 'atMs'>

/** The request of the buyer's page after the payment, from an address of its own if it is given. */
export function toCompletion(
  { url }: ScenarioSubject,
  { imp_uid, merchant_uid }: BenchOrder,
  address?: string,
): Request {
  const headers = address === undefined ? {} : { 'x-forwarded-for': address }
  const options = { body: { imp_uid, merchant_uid }, headers }
  return { url: `${url}/payments/complete`, options, isAnswered: isSuccess }
}

/** The request for the record of a payment, as a server sends it to the provider. */
export function toRecordRequest(providerUrl: string, imp_uid: string): Request {
  const options = { headers: { authorization: 'any' } }
  const isAnswered = ({ body }: Reply) => body.includes('"status":"paid"')
  return { url: `${providerUrl}/payments/${imp_uid}`, options, isAnswered }
}

/** The return of a phone, which leads to a page of the shop; null where the subject has no such route. */
export function toRedirect(
  { url, isOurs }: ScenarioSubject,
  { imp_uid, merchant_uid }: BenchOrder,
): Request | null {
  if (!isOurs) return null
  const query = new URLSearchParams({ imp_uid, merchant_uid, imp_success: 'true' })
  const isAnswered = ({ status }: Reply) => status === 303
  return { url: `${url}/payments/redirect?${query}`, options: {}, isAnswered }
}

/** The webhook of the provider, which an order's id may be missing from. The others take it with the route of the page, as the vendor's guide has it. */
export function toWebhook(
  { url, isOurs }: ScenarioSubject,
  { imp_uid, merchant_uid }: Pick<BenchOrder, 'imp_uid'> & Partial<BenchOrder>,
  address?: string,
): Request {
  const headers = address === undefined ? {} : { 'x-forwarded-for': address }
  const options = { body: { imp_uid, merchant_uid, status: 'paid' }, headers }
  const path = isOurs ? '/payments/webhook' : '/payments/complete'
  return { url: `${url}${path}`, options, isAnswered: ({ status }) => status === 200 }
}

/** Sends requests over these connections, each its next one after the response; the latencies are in the order of the requests. */
export async function runInTurn(
  client: HttpClient,
  requests: readonly Request[],
  connections: number,
): Promise<{ readonly latenciesMs: readonly (number | null)[]; readonly seconds: number }> {
  const queue = requests.entries()
  const latenciesMs: (number | null)[] = []
  const work = async () => {
    for (const [n, { url, options, isAnswered }] of queue) {
      const reply = await client.call(url, options)
      latenciesMs[n] = isAnswered(reply) ? reply.ms : null
    }
  }
  const at = performance.now()
  await Promise.all(Array.from({ length: connections }, work))
  return { latenciesMs, seconds: (performance.now() - at) / 1000 }
}

function isSuccess({ status, body }: Reply): boolean {
  if (status !== 200) return false
  const response: unknown = JSON.parse(body)
  return isRecord(response) && response['status'] === 'success'
}
