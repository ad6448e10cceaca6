import type { RefusalReason } from './failure.ts'

const reasons: Readonly<Record<string, RefusalReason>> = {
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_refused',
  EPIPE: 'connection_refused',
  PROTOCOL_CONNECTION_LOST: 'connection_refused',
  ENOENT: 'connection_refused', // no such socket
  ENOTFOUND: 'host_unknown',
  EAI_AGAIN: 'host_unknown',
  ETIMEDOUT: 'connection_timeout',
  EHOSTUNREACH: 'connection_timeout',
  ENETUNREACH: 'connection_timeout',
}

/** The reason of an error of the network; null for any other error. */
export function toNetworkReason(error: unknown): RefusalReason | null {
  const code = codeOf(error) ?? ''
  const isTls = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code)
  return isTls ? 'tls_failed' : (reasons[code] ?? null)
}

/** The code of an error, or of the first error that it stands for. */
export function codeOf(error: unknown): string | null {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  if (!(error instanceof Error) || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}
