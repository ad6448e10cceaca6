import { envelope } from '../wire/envelope.ts'

/** A bug of the simulator itself, as opposed to anything the provider would say. */
export interface InternalError {
  readonly method: string
  readonly path: string
  readonly error: Error
}

/** The header that only the answer to a crash carries. */
const internalErrorHeader = 'simulator-internal-error'

/** Answers a call that the simulator itself broke down over, so that nobody takes it for the provider's word. */
export function internalErrorResponse(error: Error): Response {
  const body = {
    code: -1,
    message: `Internal error of the simulator, not a response of the provider: ${error}`,
  }
  // A header holds no letters beyond Latin-1, and an error may quote some.
  return envelope({ ...body, response: null }, 500, {
    [internalErrorHeader]: encodeURI(error.name),
  })
}
