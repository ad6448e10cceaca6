import { fail, type Language, ok, type Result } from '@quayside/core'
import type { DeliveryResult } from '@quayside/server'
import { describeCause } from '@quayside/server'

/** A response of the merchant API; its fields are printed, not trusted. */
export type Json = Readonly<Record<string, unknown>>

/** Why a call of the merchant API did not succeed. */
export type ApiFailure =
  /** The server refused, with its code, and its sentence in the caller's language. */
  | {
      readonly reason: 'refused'
      readonly error: string
      readonly title: string
      readonly detail: string | null
    }
  | { readonly reason: 'unreachable'; readonly cause: string }
  /** What answers is no payment server. */
  | { readonly reason: 'another_server'; readonly status: number }

/** The merchant API of a payment server, in this process or elsewhere. */
export interface MerchantApi {
  get(path: string): Promise<Result<Json, ApiFailure>>
  post(path: string, body: Json): Promise<Result<Json, ApiFailure>>
  /** Sends an event at once; null where only the server itself can. */
  readonly deliver: ((eventId: string) => Promise<DeliveryResult['kind'] | 'unknown'>) | null
  /** Ends what it has opened. */
  close(): Promise<void>
}

/** Where a merchant API is and how requests get there. */
export interface Transport {
  /** Without a final slash. */
  readonly baseUrl: string
  readonly key: string
  readonly language: Language
  readonly send: (request: Request) => Promise<Response>
}

/** Makes the calls of a merchant API. */
export function createCalls({
  baseUrl,
  key,
  language,
  send,
}: Transport): Pick<MerchantApi, 'get' | 'post'> {
  const call = async (path: string, init: RequestInit): Promise<Result<Json, ApiFailure>> => {
    const headers = {
      authorization: `Bearer ${key}`,
      'accept-language': language,
      'content-type': 'application/json',
    }
    try {
      // A redirect would send the key to an address that nobody named.
      const request = new Request(`${baseUrl}${path}`, { ...init, headers, redirect: 'manual' })
      const response = await send(request)
      return readResponse(response.status, parseJson(await response.text()))
    } catch (error) {
      return fail({ reason: 'unreachable', cause: describeCause(error) })
    }
  }
  return {
    get: (path) => call(path, {}),
    post: (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) }),
  }
}

function readResponse(status: number, body: Json | null): Result<Json, ApiFailure> {
  if (body !== null && status >= 200 && status < 300) return ok(body)
  if (body === null || typeof body['error'] !== 'string') {
    return fail({ reason: 'another_server', status })
  }
  const { error, title, detail } = body
  return fail({
    reason: 'refused',
    error,
    title: typeof title === 'string' ? title : error,
    detail: typeof detail === 'string' ? detail : null,
  })
}

function parseJson(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? value : null
  } catch {
    // Not JSON: the page of another server.
    return null
  }
}

/** Whether a value is a JSON object. */
function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects in a list of a response. */
export function toRows(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : []
}

/** A field as text, empty where there is none. */
export function toText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
