import { envelope } from '../wire/envelope.ts'

/** An internal error of the simulator, as opposed to a response of the provider. */
export interface InternalError {
  /** The HTTP method of the request. */
  readonly method: string
  /** The path of the request, without its query. */
  readonly path: string
  /** What was thrown. */
  readonly error: Error
}

/** The header that only the response to an internal error has. */
const internalErrorHeader = 'simulator-internal-error'

/** The response to a call on which the simulator failed, distinguishable from every response of the provider. */
export function internalErrorResponse(error: Error): Response {
  const body = {
    code: -1,
    message: `Internal error of the simulator, not a response of the provider: ${error}`,
  }
  // A header cannot contain characters beyond Latin-1, and an error's name may.
  return envelope({ ...body, response: null }, 500, {
    [internalErrorHeader]: encodeURI(error.name),
  })
}
