import type { Exchange, ExchangeRequest } from '@quayside/client'
import { toFields } from './http.ts'
import { impKey, impSecret } from './upstream.ts'

/** Reads the record of a payment. */
export type ReadRecord = (impUid: unknown) => Promise<Readonly<Record<string, unknown>>>

/** The least that a client of the provider can do: one token, which is kept for ever, and records without a check. */
export function createRecordReader(exchange: Exchange, providerUrl: string): ReadRecord {
  let token: Promise<string> | null = null
  const { signal } = new AbortController()
  const ask = async (
    path: string,
    request: Pick<ExchangeRequest, 'method' | 'headers' | 'body'>,
  ): Promise<Readonly<Record<string, unknown>>> => {
    const url = providerUrl + path
    const response = await exchange({ ...request, url, signal, redirect: 'manual' })
    const text = Buffer.from(await response.arrayBuffer()).toString()
    return toFields(toFields(JSON.parse(text))['response'])
  }
  const requestToken = async (): Promise<string> => {
    const body = JSON.stringify({ imp_key: impKey, imp_secret: impSecret })
    const headers = { 'content-type': 'application/json' }
    const granted = await ask('/users/getToken', { method: 'POST', headers, body })
    return String(granted['access_token'])
  }
  return async (impUid) => {
    token ??= requestToken()
    const headers = { authorization: await token }
    return ask(`/payments/${String(impUid)}`, { method: 'GET', headers, body: null })
  }
}
